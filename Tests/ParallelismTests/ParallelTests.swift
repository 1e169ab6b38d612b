import Parallelism
import Synchronization
import Testing

/// The setting is the process's, so these run one after another.
@Suite("Parallel", .serialized)
struct ParallelTests {
  /// Runs a body with a number of threads, and puts the setting back.
  private func withThreads<Result>(_ threads: Int, _ body: () throws -> Result) rethrows -> Result {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = threads
    return try body()
  }

  /// Work that takes long for low numbers, so that jobs end in another order than they begin.
  private static func uneven(_ job: Int) -> Double {
    var sum = 0.0
    for k in 1...(job < 4 ? 20_000 : 50) { sum += 1 / Double(k * (job + 1)) }
    return sum
  }

  @Test("results are in the order of the jobs", arguments: [1, 2, 3, 8])
  func order(threads: Int) {
    withThreads(threads) {
      for count in [0, 1, 2, 7, 1000] {
        let found = Parallel.map(count) { job -> Int in
          _ = Self.uneven(job)
          return job * job
        }
        #expect(found == (0..<count).map { $0 * $0 })
      }
    }
  }

  @Test("every job runs once", arguments: [1, 2, 8])
  func once(threads: Int) {
    let runs = Mutex([Int](repeating: 0, count: 777))
    withThreads(threads) { Parallel.forEach(777) { job in runs.withLock { $0[job] += 1 } } }
    #expect(runs.withLock { $0 } == [Int](repeating: 1, count: 777))
  }

  @Test("no jobs, or fewer than none, run nothing", arguments: [0, -1, .min])
  func none(count: Int) {
    let runs = Atomic<Int>(0)
    Parallel.forEach(count) { _ in runs.add(1, ordering: .relaxed) }
    #expect(runs.load(ordering: .relaxed) == 0)
  }

  @Test("all jobs are done when the call returns")
  func waits() {
    withThreads(4) {
      for _ in 0..<50 {
        let done = Atomic<Int>(0)
        Parallel.forEach(16) { job in
          if Self.uneven(job) > 0 { done.add(1, ordering: .relaxed) }
        }
        #expect(done.load(ordering: .relaxed) == 16)
      }
    }
  }

  @Test("sums of results have the same bits from 1, 2 and 8 threads")
  func sameBits() {
    let sums = [1, 2, 8].map { threads in
      withThreads(threads) { Parallel.map(500, Self.uneven).reduce(0, +) }
    }
    #expect(sums[0] > 0)
    #expect(Set(sums.map(\.bitPattern)).count == 1)
  }

  struct Failure: Error, Equatable { let job: Int }

  @Test("of several failing jobs the lowest gives the error", arguments: [1, 2, 8])
  func lowestError(threads: Int) {
    _ = withThreads(threads) {
      #expect(throws: Failure(job: 3)) {
        try Parallel.map(100) { job throws(Failure) -> Double in
          // Job 3 is slow: others have failed long before.
          let value = Self.uneven(job)
          guard job % 10 != 3 else { throw Failure(job: job) }
          return value
        }
      }
    }
  }

  @Test("results may be optional, and nil is one")
  func optionalResults() {
    let found = Parallel.map(4) { job -> Int? in job % 2 == 0 ? nil : job }
    #expect(found == [nil, 1, nil, 3])
  }

  @Test("jobs may start jobs of their own")
  func nested() {
    let found = withThreads(4) {
      Parallel.map(6) { outer -> [Int] in Parallel.map(5) { inner in 10 * outer + inner } }
    }
    #expect(found == (0..<6).map { outer in (0..<5).map { 10 * outer + $0 } })
  }

  @Test("results that own memory are kept and given back")
  func owners() {
    weak var witness: Owner?
    do {
      let owners = withThreads(4) { Parallel.map(64) { Owner($0) } }
      #expect(owners.map(\.number) == Array(0..<64))
      witness = owners[63]
      #expect(witness != nil)
    }
    #expect(witness == nil)
  }

  private final class Owner: Sendable {
    let number: Int
    init(_ number: Int) { self.number = number }
  }

  @Test("the setting is at least one thread, and the machine has at least one core")
  func setting() {
    #expect(Parallel.coreCount >= 1)
    withThreads(5) { #expect(Parallel.threads == 5) }
    withThreads(0) { #expect(Parallel.threads == 1) }
    withThreads(-3) { #expect(Parallel.threads == 1) }
  }
}
