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
/// - Parameter condition: Is asked once for each number, by several threads.
@inlinable public func indices(
  below count: Int, where condition: @Sendable (Int) -> Bool
) -> [Int] {
  indices(below: count, bits: { bits(of: $0, where: condition) })
}

/// A bit for each of up to 64 numbers, the first one's lowest: whether a condition holds.
@inlinable public func bits(of numbers: Range<Int>, where condition: (Int) -> Bool) -> UInt64 {
  var bits: UInt64 = 0
  for number in numbers { bits |= (condition(number) ? 1 : 0) << (number - numbers.lowerBound) }
  return bits
}

/// The numbers below `count` whose bits are set, ascending.
///
/// - Parameter bits: The bits of up to 64 numbers, the first one's lowest; is asked once for each, by several threads.
@inlinable public func indices(
  below count: Int, bits: @Sendable (_ numbers: Range<Int>) -> UInt64
) -> [Int] {
  let words = unsafe filled((count + 63) / 64, chunk: wordsOfAJob) { places, target in
    for (offset, place) in places.enumerated() {
      let word = bits(64 * place..<min(64 * (place + 1), count))
      unsafe (target + offset).initialize(to: word)
    }
  }
  return numbers(ofBits: words)
}

/// How many words of bits a job takes: many numbers.
@usableFromInline let wordsOfAJob = 1024

/// The numbers of the bits that are set, ascending.
@usableFromInline func numbers(ofBits words: [UInt64]) -> [Int] {
  let found = Parallel.map((words.count + wordsOfAJob - 1) / wordsOfAJob) { job in
    let places = job * wordsOfAJob..<min((job + 1) * wordsOfAJob, words.count)
    return (places: places, count: words[places].reduce(0) { $0 + $1.nonzeroBitCount })
  }
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
      var next = unsafe target + ends[job]
      for place in found[job].places {
        var word = words[place]
        while word != 0 {
          unsafe next.initialize(to: 64 * place + word.trailingZeroBitCount)
          unsafe next += 1
          word &= word &- 1
        }
      }
    }
  }
}
