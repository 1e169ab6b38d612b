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
  let found = Parallel.mapParts(of: count) { (numbers: $0, count: $0.count(where: condition)) }
  var starts = [0]
  for part in found { starts.append(starts[starts.count - 1] + part.count) }
  let ends = starts
  return unsafe [Int](unsafeUninitializedCapacity: ends[found.count]) { buffer, initialized in
    initialized = ends[found.count]
    guard let base = buffer.baseAddress else { return }
    unsafe useLargePages(UnsafeRawBufferPointer(buffer))
    // Each job writes to its own places alone, and all have ended when `forEach` returns.
    nonisolated(unsafe) let target = unsafe base
    Parallel.forEach(found.count) { job in
      var place = ends[job]
      for number in found[job].numbers where condition(number) {
        unsafe (target + place).initialize(to: number)
        place += 1
      }
    }
  }
}
