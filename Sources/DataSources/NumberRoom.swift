import CKernels
import Parallelism
import Tables

/// The room of a column's numbers or days: one of 16 bits a row as long as whole numbers of these hold them, then one of a
/// finer unit or of 32 bits, and at last one of 64.
///
/// Numbers that have any place come back with the same bits from each room.
enum NumberRoom: Sendable {
  case doubles(ColumnRoom<Double>)
  case shorts(ColumnRoom<Int16>, Numbers.Unit)
  case words(ColumnRoom<Int32>, Numbers.Unit)

  /// - Parameter capacity: About how many rows there will be, 0 where that is unknown.
  init(firstRow: Int, capacity: Int) {
    self = .shorts(ColumnRoom(firstRow: firstRow, capacity: capacity), .ones)
  }

  /// How many rows were taken over.
  var count: Int {
    switch self {
    case .doubles(let room): room.count
    case .shorts(let room, _): room.count
    case .words(let room, _): room.count
    }
  }

  /// Takes a block's numbers over; becomes a wider room where they do not fit.
  ///
  /// Others may still write to the old one at the places of later rows: it stays as long as any of them has it, and what
  /// they wrote is copied when it is added.
  ///
  /// - Parameter areDays: Whether they are days, which may have a time.
  mutating func add(_ cells: NumberCells, areDays: Bool) {
    if hold(cells) { return }
    let numbers = cells.array()
    while !hold(numbers) { self = wider(for: numbers, areDays: areDays) }
  }

  /// Takes numbers over that are kept as those of the room; false where they are not.
  private func hold(_ cells: NumberCells) -> Bool {
    switch (self, cells) {
    case (.doubles(let room), .doubles(let cells)): room.add(cells)
    case (.shorts(let room, let unit), .shorts(let cells, let other)) where unit == other:
      room.add(cells)
    case (.words(let room, let unit), .words(let cells, let other)) where unit == other:
      room.add(cells)
    default: return false
    }
    return true
  }

  /// Takes numbers over; false where the room cannot hold one of them.
  private func hold(_ numbers: [Double]) -> Bool {
    switch self {
    case .doubles(let room): room.add(.own(numbers))
    case .shorts(let room, let unit):
      guard let shorts: [Int16] = numbers.whole(unit) else { return false }
      room.add(.own(shorts))
    case .words(let room, let unit):
      guard let words: [Int32] = numbers.whole(unit) else { return false }
      room.add(.own(words))
    }
    return true
  }

  /// The narrowest wider room that holds what this one does and some numbers more.
  private func wider(for numbers: [Double], areDays: Bool) -> NumberRoom {
    let units: [Numbers.Unit] =
      areDays ? [.ones, .seconds] : [.ones, .tenths, .hundredths, .thousandths]
    switch self {
    case .doubles: return self
    case .shorts(let room, let unit):
      for finer in units where finer.divisor > unit.divisor && numbers.canBe(Int16.self, finer) {
        if let room: ColumnRoom<Int16> = room.scaled(from: unit, to: finer) {
          return .shorts(room, finer)
        }
      }
      for finer in units where finer.divisor >= unit.divisor && numbers.canBe(Int32.self, finer) {
        if let room: ColumnRoom<Int32> = room.scaled(from: unit, to: finer) {
          return .words(room, finer)
        }
      }
      return .doubles(room.wide { unit.number($0) })
    case .words(let room, let unit):
      for finer in units where finer.divisor > unit.divisor && numbers.canBe(Int32.self, finer) {
        if let room: ColumnRoom<Int32> = room.scaled(from: unit, to: finer) {
          return .words(room, finer)
        }
      }
      return .doubles(room.wide { unit.number($0) })
    }
  }

  /// Adds as many missing values.
  func add(missing count: Int) {
    switch self {
    case .doubles(let room): room.add(repeating: .nan, count: count)
    case .shorts(let room, _): room.add(repeating: .min, count: count)
    case .words(let room, _): room.add(repeating: .min, count: count)
    }
  }

  /// The numbers, which are the caller's from now on; nobody may read blocks any more.
  func take() -> Numbers {
    switch self {
    case .doubles(let room): Numbers(room.take())
    case .shorts(let room, let unit): Numbers(.shorts(room.take(), unit))
    case .words(let room, let unit): Numbers(.words(room.take(), unit))
    }
  }
}

/// A block's numbers or days, kept as those of the room that they were read for.
enum NumberCells: Sendable {
  case doubles(ChunkCells<Double>)
  case shorts(ChunkCells<Int16>, Numbers.Unit)
  case words(ChunkCells<Int32>, Numbers.Unit)

  /// What a body writes, so many elements: to the place of rows from `firstRow` on in a room, if there is one that holds them, else
  /// to an array.
  ///
  /// - Parameter spare: Where numbers are that are to be made narrow.
  static func filled<Result>(
    _ count: Int, in room: NumberRoom?, from firstRow: Int, spare: inout [Double],
    _ body: (inout MutableSpan<Double>) -> Result
  ) -> (cells: NumberCells, result: Result) {
    func wide(_ room: ColumnRoom<Double>?) -> (NumberCells, Result) {
      let (cells, result) = ChunkCells.filled(count, in: room, from: firstRow, body)
      return (.doubles(cells), result)
    }
    func narrow<Whole: WholeNumber>(
      _ room: ColumnRoom<Whole>, _ unit: Numbers.Unit, _ kept: (ChunkCells<Whole>) -> NumberCells
    ) -> (NumberCells, Result) {
      if spare.count < count { spare = [Double](repeating: 0, count: count) }
      var numbers = spare.mutableSpan
      let result = body(&numbers)
      let read = spare.span.extracting(0..<count)
      let (cells, fit) = ChunkCells.filled(count, in: room, from: firstRow) { whole in
        Whole.narrow(read, unit, &whole)
      }
      return (fit ? kept(cells) : .doubles(.own(Array(spare[..<count]))), result)
    }
    switch room {
    case nil: return wide(nil)
    case .doubles(let room): return wide(room)
    case .shorts(let room, let unit): return narrow(room, unit) { .shorts($0, unit) }
    case .words(let room, let unit): return narrow(room, unit) { .words($0, unit) }
    }
  }

  /// The numbers in an array of their own.
  consuming func array() -> [Double] {
    switch self {
    case .doubles(let cells): cells.array()
    case .shorts(let cells, let unit): Numbers(.shorts(cells.array(), unit)).doubles
    case .words(let cells, let unit): Numbers(.words(cells.array(), unit)).doubles
    }
  }
}

/// A number of 16 or 32 bits that stands for one of 64, or, where it is the lowest, for none.
protocol WholeNumber: FixedWidthInteger, BitwiseCopyable, Sendable {
  /// The kernel that keeps numbers as whole ones of a unit, `winnow_narrow`; 0 where one would come back with other bits.
  @unsafe static var narrowing: Narrowing { get }
}

extension WholeNumber {
  typealias Narrowing =
    @Sendable (
      _ numbers: UnsafePointer<Double>?, _ count: Int, _ unit: Int32,
      _ whole: UnsafeMutablePointer<Self>?
    ) -> Int32

  /// Keeps numbers as whole ones of a unit; false where one would come back with other bits.
  static func narrow(
    _ numbers: Span<Double>, _ unit: Numbers.Unit, _ whole: inout MutableSpan<Self>
  ) -> Bool {
    precondition(whole.count == numbers.count, "room for the numbers")
    return unsafe numbers.withUnsafeBufferPointer { numbers in
      unsafe whole.withUnsafeMutableBufferPointer { whole in
        unsafe narrowing(
          numbers.baseAddress, numbers.count, Int32(unit.rawValue), whole.baseAddress) != 0
      }
    }
  }
}

extension Int16: WholeNumber {
  static var narrowing: Narrowing { unsafe winnow_narrow_16 }
}

extension Int32: WholeNumber {
  static var narrowing: Narrowing { unsafe winnow_narrow_32 }
}

extension [Double] {
  /// The numbers as whole ones of a unit; nil where one would come back with other bits.
  fileprivate func whole<Whole: WholeNumber>(_ unit: Numbers.Unit) -> [Whole]? {
    let (cells, fit) = ChunkCells<Whole>.filled(count, in: nil, from: 0) {
      Whole.narrow(span, unit, &$0)
    }
    return fit ? cells.array() : nil
  }

  fileprivate func canBe<Whole: WholeNumber>(_: Whole.Type, _ unit: Numbers.Unit) -> Bool {
    let whole: [Whole]? = whole(unit)
    return whole != nil
  }
}

extension ColumnRoom where Value: WholeNumber {
  /// A room of a finer unit, with what was taken over here; nil where it does not hold that.
  ///
  /// The quotients are of the same numbers, and so have the same bits.
  fileprivate func scaled<Whole: WholeNumber>(
    from unit: Numbers.Unit, to finer: Numbers.Unit
  ) -> ColumnRoom<Whole>? {
    let factor = Int64(finer.divisor / unit.divisor)
    let most = Int64(Whole.max) / factor
    var fit = true
    let scaled = map { value -> Whole in
      if value == .min { return .min }
      if abs(Int64(value)) > most { fit = false }
      return Whole(truncatingIfNeeded: Int64(value) * factor)
    }
    guard fit else { return nil }
    let room = ColumnRoom<Whole>(firstRow: firstRow, capacity: capacity)
    room.add(.own(scaled))
    return room
  }

  /// A room of 64 bits a row, with what was taken over here.
  fileprivate func wide(_ number: (Value) -> Double) -> ColumnRoom<Double> {
    let room = ColumnRoom<Double>(firstRow: firstRow, capacity: capacity)
    room.add(.own(map(number)))
    return room
  }
}
