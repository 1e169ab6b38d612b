/// The elements of an array at some places, in the order of the places.
///
/// - Precondition: There are such places.
@inlinable public func gathered<Element: Sendable>(_ elements: [Element], _ places: [Int])
  -> [Element]
{
  unsafe filled(places.count) { range, target in
    let (elements, places) = (elements.span, places.span)
    for (offset, index) in range.enumerated() {
      unsafe (target + offset).initialize(to: elements[places[index]])
    }
  }
}

/// The numbers below `count` for which a condition holds, ascending.
///
/// - Parameter condition: Is asked for each number, by several threads, and for some twice.
public func indices(
  below count: Int, where condition: @Sendable (Int) -> Bool
) -> [Int] {
  let size = 65_536
  let jobs = (count + size - 1) / size
  let found = Parallel.map(jobs) { job in
    (job * size..<min(count, (job + 1) * size)).count(where: condition)
  }
  var starts = [0]
  for number in found { starts.append(starts[starts.count - 1] + number) }
  let ends = starts
  return unsafe [Int](unsafeUninitializedCapacity: ends[jobs]) { buffer, initialized in
    initialized = ends[jobs]
    guard let base = buffer.baseAddress else { return }
    unsafe useLargePages(UnsafeRawBufferPointer(buffer))
    // Each job writes to its own places alone, and all have ended when `forEach` returns.
    nonisolated(unsafe) let target = unsafe base
    Parallel.forEach(jobs) { job in
      var place = ends[job]
      for number in job * size..<min(count, (job + 1) * size) where condition(number) {
        unsafe (target + place).initialize(to: number)
        place += 1
      }
    }
  }
}
