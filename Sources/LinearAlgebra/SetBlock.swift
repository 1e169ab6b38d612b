/// A column of a design matrix whose rows have any number of codes each: the words of a title, the entries
/// of a list; one coefficient a code.
///
/// Rows share their sets: a row keeps the number of its set, and each different set its codes. A code is in
/// a set once, and counts with the value 1.
public struct SetBlock: Sendable {
  /// The number of codes, and of coefficients.
  public let codeCount: Int
  /// Which set each row has; 0 is the empty one.
  let numbers: LevelBlock
  /// The codes of all sets but the empty one, one set after another, each ascending.
  let codes: [UInt32]
  /// Where each set's codes begin, from the empty set on, and at last their end.
  let starts: [Int]

  /// The number of rows.
  public var rowCount: Int { numbers.rowCount }

  /// Creates a block from the place of each row's set.
  ///
  /// - Parameters:
  ///   - places: for each row the place of its set among `sets`, which may hold one repeatedly.
  ///   - sets: codes from 0 on, in any order.
  /// - Precondition: no place is outside `sets`, and no code is `codeCount` or above.
  public init(places: [UInt32], sets: [[UInt32]], codeCount: Int) {
    self = SetNumbering(sets: sets, codeCount: codeCount)
      .block(places: places, rows: Array(places.indices))
  }

  /// The most columns of a block of patterns: as many have few sets.
  public static let patternColumns = 6

  /// Creates a block of a few columns of 0 and 1 from bytes whose bits they are, the lowest first.
  ///
  /// - Precondition: there are `patternColumns` or fewer, and no byte has other bits.
  public init(patterns: [UInt8], columnCount: Int) {
    precondition((0...Self.patternColumns).contains(columnCount), "a block of few columns")
    precondition(
      patterns.reduce(0, |) < 1 << columnCount, "a pattern has a bit beyond its columns")
    let sets = (0..<1 << columnCount).map { pattern in
      (0..<UInt32(columnCount)).filter { pattern & (1 << $0) != 0 }
    }
    self.init(sets: sets, codeCount: columnCount, storage: .bytes(patterns))
  }

  /// Creates a block from stored numbers, each of which is a set's place.
  ///
  /// - Precondition: the first set is empty, no two are equal, and each is ascending.
  init(sets: [[UInt32]], codeCount: Int, storage: LevelBlock.Storage) {
    self.codeCount = codeCount
    codes = sets.flatMap { $0 }
    var end = 0
    starts =
      [0]
      + sets.map { set in
        end += set.count
        return end
      }
    numbers = LevelBlock(
      storage, rowCount: storage.count, like: LevelBlock(codes: [], levelCount: sets.count - 1))
  }

  /// Creates a block of no rows.
  fileprivate init(codeCount: Int, codes: [UInt32], starts: [Int]) {
    self.codeCount = codeCount
    self.codes = codes
    self.starts = starts
    numbers = LevelBlock(codes: [], levelCount: starts.count - 2)
  }

  /// Takes numbers over, which are those of a block like another.
  init(_ numbers: LevelBlock, like block: SetBlock) {
    self.numbers = numbers
    codeCount = block.codeCount
    codes = block.codes
    starts = block.starts
  }

  /// Up to as many sets rows are tabulated by them in a Gram matrix, as by levels.
  public static let fewSets = 64

  /// What a Gram matrix's plan knows of the block.
  var shape: GramPlan.Shape {
    setCount <= Self.fewSets ? .fewSets(rows([])) : .sets(codeCount: codeCount)
  }

  /// The codes of each set, as columns.
  var columns: [[Int]] { (0..<setCount).map { codes(ofSet: $0).map { Int($0) } } }

  /// The number of different sets, with the empty one.
  var setCount: Int { starts.count - 1 }

  /// The codes of a set.
  func codes(ofSet number: Int) -> ArraySlice<UInt32> { codes[starts[number]..<starts[number + 1]] }

  /// 1 where a row has a code, else 0.
  public subscript(row: Int, code: Int) -> Double {
    codes(ofSet: numbers[row]).contains(UInt32(code)) ? 1 : 0
  }

  /// The rows of the given numbers, in their order.
  public func rows(_ indices: [Int]) -> SetBlock { SetBlock(numbers.rows(indices), like: self) }

  /// Coefficients (one a code) as the sum of each set's.
  func table(_ coefficients: ArraySlice<Double>) -> [Double] {
    let (coefficients, codes, starts) = (coefficients.span, codes.span, starts.span)
    return [Double](capacity: setCount) { sums in
      for number in 0..<setCount {
        var sum = 0.0
        for place in starts[number]..<starts[number + 1] { sum += coefficients[Int(codes[place])] }
        sums.append(sum)
      }
    }
  }

  /// Sums by set as sums by code.
  func codeSums(_ sums: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: codeCount)
    let (codes, starts, sums) = (codes.span, starts.span, sums.span)
    var target = result.mutableSpan
    for number in 0..<setCount {
      for place in starts[number]..<starts[number + 1] { target[Int(codes[place])] += sums[number] }
    }
    return result
  }

  /// Sums by set as sums by pairs of codes, those of the second changing fastest.
  func pairSums(_ sums: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: codeCount * codeCount)
    for number in 0..<setCount {
      let set = codes(ofSet: number)
      for first in set {
        for second in set { result[Int(first) * codeCount + Int(second)] += sums[number] }
      }
    }
    return result
  }
}

/// The different sets among some places: made once for blocks of many rows.
public struct SetNumbering: Sendable {
  private let empty: SetBlock
  /// The number of each place's set.
  private let numbers: [UInt32]

  /// - Parameter sets: the codes of each place, from 0 on and in any order.
  /// - Precondition: no code is `codeCount` or above.
  public init(sets: [[UInt32]], codeCount: Int) {
    var known: [[UInt32]: UInt32] = [[]: 0]
    var codes: [UInt32] = []
    var starts = [0, 0]
    numbers = sets.map { set -> UInt32 in
      let distinct = Set(set).sorted()
      precondition(distinct.last.map { $0 < codeCount } ?? true, "a code is not below \(codeCount)")
      if let number = known[distinct] { return number }
      let number = UInt32(known.count)
      known[distinct] = number
      codes += distinct
      starts.append(codes.count)
      return number
    }
    empty = SetBlock(codeCount: codeCount, codes: codes, starts: starts)
  }

  /// The block of some rows of a table, each row of which has its set at one of the places.
  public func block(places: [UInt16], rows: [Int]) -> SetBlock {
    SetBlock(
      LevelBlock(
        recoding: numbers, codes: places, rows: rows, levelCount: empty.numbers.levelCount),
      like: empty)
  }

  /// The same of wide places.
  public func block(places: [UInt32], rows: [Int]) -> SetBlock {
    SetBlock(
      LevelBlock(
        recoding: numbers, codes: places, rows: rows, levelCount: empty.numbers.levelCount),
      like: empty)
  }
}
