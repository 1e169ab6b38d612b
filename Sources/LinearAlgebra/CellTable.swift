/// Sums by the joint cells of some level blocks, the last block's codes changing fastest.
struct CellTable {
  /// How many values the code of each block has.
  let sizes: [Int]
  /// One sum a cell.
  let sums: [Double]

  /// Sums by the codes of one block alone.
  func sums(at place: Int) -> [Double] {
    let inner = sizes[(place + 1)...].reduce(1, *)
    var result = [Double](repeating: 0, count: sizes[place])
    var cell = 0
    unsafe sums.withUnsafeBufferPointer { sums in
      while cell < sums.count {
        for code in result.indices {
          var sum = 0.0
          for _ in 0..<inner {
            sum += unsafe sums[cell]
            cell += 1
          }
          result[code] += sum
        }
      }
    }
    return result
  }

  /// Sums by the codes of two blocks, those of the second changing fastest.
  func sums(at first: Int, and second: Int) -> [Double] {
    let middle = sizes[(first + 1)..<second].reduce(1, *)
    let inner = sizes[(second + 1)...].reduce(1, *)
    if sizes[first] * sizes[second] == sums.count { return sums }
    let (height, width) = (sizes[first], sizes[second])
    var result = [Double](repeating: 0, count: height * width)
    var cell = 0
    unsafe sums.withUnsafeBufferPointer { sums in
      unsafe result.withUnsafeMutableBufferPointer { result in
        while cell < sums.count {
          for a in 0..<height {
            for _ in 0..<middle {
              for place in a * width..<(a + 1) * width {
                var sum = 0.0
                for _ in 0..<inner {
                  sum += unsafe sums[cell]
                  cell += 1
                }
                unsafe result[place] += sum
              }
            }
          }
        }
      }
    }
    return result
  }

  /// The table of vectors of `width` sums a cell, summed down to the codes of one block.
  static func vectors(
    _ sums: [Double], sizes: [Int], at place: Int, width: Int
  ) -> [Double] {
    let inner = sizes[(place + 1)...].reduce(1, *)
    var result = [Double](repeating: 0, count: sizes[place] * width)
    var cell = 0
    while cell < sums.count {
      for code in 0..<sizes[place] {
        for _ in 0..<inner {
          for j in 0..<width { result[code * width + j] += sums[cell + j] }
          cell += width
        }
      }
    }
    return result
  }
}
