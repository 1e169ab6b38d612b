import Parallelism
import Synchronization

/// Arrays of one length that columns are taken apart in, one after another: new memory for each would be cleared by the
/// system first, which takes longer than what is done in it.
final class SpareArrays: Sendable {
  private let count: Int
  private let free = Mutex<[[Double]]>([])

  init(count: Int) { self.count = count }

  /// Gives a body an array, with any numbers in it.
  func with<Result>(_ body: (inout [Double]) -> Result) -> Result {
    var array = free.withLock { $0.popLast() } ?? room(count)
    defer { free.withLock { $0.append(array) } }
    return body(&array)
  }
}
