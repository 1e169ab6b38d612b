#if canImport(Glibc)
  import Glibc
#endif

/// An array of `count` elements that jobs fill side by side, a chunk each.
///
/// - Parameters:
///   - unit: chunks begin and end at multiples of it.
///   - chunk: about how many elements a job fills; never a matter of the number of threads.
///   - body: fills the elements of `range`; its pointer is to the first of them.
@inlinable public func filled<Element: Sendable>(
  _ count: Int, unit: Int = 1, chunk: Int = 65_536,
  _ body: @Sendable (_ range: Range<Int>, _ target: UnsafeMutablePointer<Element>) -> Void
) -> [Element] {
  unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
    initialized = count
    guard count > 0, let base = buffer.baseAddress else { return }
    unsafe useLargePages(UnsafeRawBufferPointer(buffer))
    let size = max(1, chunk / unit) * unit
    // Each job writes to its own chunk alone, and all have ended when `forEach` returns.
    nonisolated(unsafe) let target = unsafe base
    Parallel.forEach((count + size - 1) / size) { job in
      let range = job * size..<min(count, (job + 1) * size)
      unsafe body(range, target + range.lowerBound)
    }
  }
}

/// An array whose elements are whatever its memory holds, until they are written.
///
/// No thread has touched its memory yet, so that those which write it share the cost of that.
public func room<Element: BitwiseCopyable>(_ count: Int) -> [Element] {
  unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
    unsafe useLargePages(UnsafeRawBufferPointer(buffer))
    initialized = count
  }
}

/// Asks the system to back new memory with large pages, where it has them.
///
/// Each page is a fault when it is first written to: of 4 KB ones a million leads took 150,000, a sixth of the time of
/// their fit.
public func useLargePages(_ memory: UnsafeRawBufferPointer) {
  #if os(Linux)
    let page = 2 << 20
    guard memory.count >= 2 * page, let base = memory.baseAddress else { return }
    let first = (UInt(bitPattern: base) + UInt(page) - 1) / UInt(page) * UInt(page)
    let last = (UInt(bitPattern: base) + UInt(memory.count)) / UInt(page) * UInt(page)
    if first < last {
      // Advice that is not taken changes nothing.
      _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: first), Int(last - first), 14)
    }
  #endif
}
