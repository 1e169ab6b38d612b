import LinearAlgebra
import Parallelism

/// What this machine can do at most, measured on the spot: other loops are set beside it.
struct Bounds {
  /// Bytes a second that one thread and all threads read from memory.
  let read: (one: Double, all: Double)
  /// Bytes a second that they copy, each counted once.
  let copy: (one: Double, all: Double)
  /// Floating-point operations a second of OpenBLAS's product of matrices, on one thread.
  let product: Double

  /// Measures with `words` of 8 bytes a thread, which should be far more than the caches hold, and matrices of
  /// `size` rows.
  init(words: Int, size: Int) {
    let sources = (0..<Parallel.threads).map { Memory(count: words, each: UInt64($0)) }
    let targets = (0..<Parallel.threads).map { _ in Memory(count: words, each: 1) }
    func rate(_ threads: Int, _ body: @Sendable (Int) -> UInt64, _ right: (Int) -> UInt64) -> Double
    {
      let time = Timing {
        Benchmarks.expect(
          Parallel.map(threads, body) == (0..<threads).map(right), "\(words) words of memory")
      }
      return Double(8 * words * threads) / time.best
    }
    func rates(_ body: @Sendable (Int) -> UInt64, _ right: (Int) -> UInt64) -> (
      one: Double, all: Double
    ) {
      (rate(1, body, right), rate(Parallel.threads, body, right))
    }
    read = rates({ sources[$0].sum() }, { UInt64($0 * words) })
    copy = rates({ targets[$0].take(sources[$0]) }, { UInt64($0) })

    let matrix = Matrix(
      rows: size, columns: size, elements: (0..<size * size).map { Double($0 % 7) - 3 })
    let plain = (0..<size).reduce(0.0) { $0 + matrix[size - 1, $1] * matrix[$1, 0] }
    let time = Timing {
      Benchmarks.expect(
        matrix.multiplied(by: matrix)[size - 1, 0] == plain, "a product of matrices")
    }
    product = 2 * Double(size * size * size) / time.best
  }

  /// The lines that say so.
  var lines: [String] {
    func gigabytes(_ rate: (one: Double, all: Double)) -> String {
      "\(fixed(rate.one / 1e9, 1)) GB/s on 1 thread, \(fixed(rate.all / 1e9, 1)) on \(Parallel.threads)"
    }
    return [
      "memory read \(gigabytes(read))", "memory copied \(gigabytes(copy))",
      "OpenBLAS dgemm \(fixed(product / 1e9, 1)) GFLOP/s on 1 thread",
    ]
  }
}

/// Some words of memory that have been touched.
@safe private final class Memory: @unchecked Sendable {
  private let words: UnsafeMutableBufferPointer<UInt64>

  init(count: Int, each word: UInt64) {
    unsafe words = .allocate(capacity: count)
    unsafe words.initialize(repeating: word)
  }

  deinit { unsafe words.deallocate() }

  /// The sum of the words.
  func sum() -> UInt64 {
    var sum: UInt64 = 0
    for index in unsafe 0..<words.count { unsafe sum &+= words[index] }
    return sum
  }

  /// Copies the words of another; gives the last one.
  func take(_ other: Memory) -> UInt64 {
    guard let target = unsafe words.baseAddress, let source = unsafe other.words.baseAddress else {
      return 0
    }
    unsafe target.update(from: source, count: words.count)
    return unsafe words[words.count - 1]
  }
}
