import Parallelism

/// An array of `count` elements that jobs fill side by side, a chunk each.
///
/// - Parameters:
///   - unit: chunks begin and end at multiples of it.
///   - chunk: about how many elements a job fills; never a matter of the number of threads.
///   - body: fills the elements of `range`; its pointer is to the first of them.
func filled<Element: Sendable>(
  _ count: Int, unit: Int = 1, chunk: Int = 65_536,
  _ body: @Sendable (_ range: Range<Int>, _ target: UnsafeMutablePointer<Element>) -> Void
) -> [Element] {
  unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialized in
    initialized = count
    guard count > 0, let base = buffer.baseAddress else { return }
    let size = max(1, chunk / unit) * unit
    // Each job writes to its own chunk alone, and all have ended when `forEach` returns.
    nonisolated(unsafe) let target = unsafe base
    Parallel.forEach((count + size - 1) / size) { job in
      let range = job * size..<min(count, (job + 1) * size)
      unsafe body(range, target + range.lowerBound)
    }
  }
}
