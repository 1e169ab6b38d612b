import Dispatch
import Synchronization

/// Work spread over the cores of the machine, with results that do not depend on how many there are.
///
/// Jobs are numbered, and their results are kept by number: whoever adds them up in that order gets
/// the same digits from one thread as from many.
public enum Parallel {
  private static let limit = Atomic<Int>(0)

  /// The most threads that work at once; a program sets it when it starts.
  ///
  /// It changes how long a result takes, never the result: so it is not an argument everywhere.
  public static var threads: Int {
    get {
      let value = limit.load(ordering: .relaxed)
      return value > 0 ? value : coreCount
    }
    set { limit.store(max(1, newValue), ordering: .relaxed) }
  }

  /// The processors of the machine that are switched on.
  public static let coreCount = ProcessCores.available

  /// Runs `body` for the jobs 0 to `count - 1`, each once, several at a time, and waits for all.
  public static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let width = min(threads, count)
    guard width > 1 else { return (0..<max(0, count)).forEach(body) }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: width) { _ in
      while case let job = next.add(1, ordering: .relaxed).oldValue, job < count { body(job) }
    }
  }

  /// Whether a condition holds for all of the numbers below `count`, which it is asked for some at a time.
  public static func allSatisfy(
    _ count: Int, _ condition: @Sendable (_ numbers: Range<Int>) -> Bool
  ) -> Bool {
    mapParts(of: count, condition).allSatisfy { $0 }
  }

  /// The results of `body` for the numbers below `count`, some of them at a time, in their order.
  ///
  /// Which numbers go together does not depend on the number of threads.
  public static func mapParts<Result: Sendable>(
    of count: Int, _ body: @Sendable (_ numbers: Range<Int>) -> Result
  ) -> [Result] {
    let size = 65_536
    return map((count + size - 1) / size) { body($0 * size..<min(count, ($0 + 1) * size)) }
  }

  /// The results of `body` for the jobs 0 to `count - 1`, in that order.
  ///
  /// - Throws: the error of the failing job with the lowest number.
  public static func map<Result: Sendable, Failure: Error>(
    _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let slots = Slots<Swift.Result<Result, Failure>>(count: count)
    forEach(count) { job in
      do throws(Failure) { slots.fill(job, .success(try body(job))) } catch {
        slots.fill(job, .failure(error))
      }
    }
    var results: [Result] = []
    results.reserveCapacity(count)
    for slot in slots.values() { results.append(try slot.get()) }
    return results
  }
}

/// Places for the results of jobs; each is written by one job and read when all are done.
@safe private final class Slots<Value: Sendable>: @unchecked Sendable {
  private let places: UnsafeMutableBufferPointer<Value?>

  init(count: Int) {
    unsafe places = .allocate(capacity: count)
    unsafe places.initialize(repeating: nil)
  }

  deinit {
    unsafe places.deinitialize()
    unsafe places.deallocate()
  }

  /// Keeps the result of a job; no two jobs share a place, so no lock is needed.
  func fill(_ job: Int, _ value: Value) { unsafe places[job] = value }

  func values() -> [Value] { unsafe places.compactMap { $0 } }
}
