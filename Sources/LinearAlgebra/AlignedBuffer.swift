/// Doubles at an address that is a multiple of a cache line, so that no vector is split over two.
///
/// It is written by one job at a time.
@safe final class AlignedBuffer: @unchecked Sendable {
  /// The first element.
  let base: UnsafeMutablePointer<Double>
  /// The number of elements.
  let count: Int

  /// Creates a buffer of zeros.
  convenience init(count: Int) {
    self.init(uninitialized: count)
    unsafe base.initialize(repeating: 0, count: count)
  }

  /// Creates a buffer of any numbers, all of which are written before they are read.
  init(uninitialized count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: 8 * count, alignment: 64)
    unsafe base = bytes.bindMemory(to: Double.self, capacity: count)
  }

  deinit { unsafe base.deallocate() }

  /// A copy of the elements.
  var elements: [Double] { unsafe Array(UnsafeBufferPointer(start: base, count: count)) }
}
