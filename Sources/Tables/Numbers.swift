/// A number for each row of a column, NaN where there is none: whole ones of 16 or 32 bits where these hold all of them
/// exactly, since memory that is not touched costs no time.
///
/// A collection like another where rows are few. Loops over all rows of a column take them in parts (`forEachPart`), or are
/// written for arrays of each width and chosen by `storage` once.
public struct Numbers: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  /// The numbers as they are kept.
  public enum Storage: Sendable {
    case doubles([Double])
    /// Whole numbers of a unit; a missing one is `Int16.min`.
    case shorts([Int16], Unit)
    /// The same of 32 bits; a missing one is `Int32.min`.
    case words([Int32], Unit)
  }

  /// What whole numbers count.
  ///
  /// The quotient of two exact numbers is rounded once, and so has the bits that reading the decimals gives.
  public enum Unit: UInt8, Sendable, CaseIterable {
    case ones, tenths, hundredths, thousandths
    /// Seconds since 1970-01-01, of numbers that are days: the whole days, and the others as a part of a day.
    case seconds

    /// How many of the unit make one.
    @inlinable public var divisor: Double {
      switch self {
      case .ones: 1
      case .tenths: 10
      case .hundredths: 100
      case .thousandths: 1000
      case .seconds: 86_400
      }
    }

    /// The number that stands for a whole one as it is kept.
    @inlinable public func number(_ short: Int16) -> Double {
      short == .min ? .nan : quotient(Int32(short))
    }

    /// The same of 32 bits.
    @inlinable public func number(_ word: Int32) -> Double { word == .min ? .nan : quotient(word) }

    /// The number that so many of the unit are.
    @inlinable func quotient(_ whole: Int32) -> Double {
      switch self {
      case .ones: return Double(whole)
      case .tenths, .hundredths, .thousandths: return Double(whole) / divisor
      case .seconds:
        // As dates are read: a day's number and a fraction, each rounded by itself.
        let seconds = whole % 86_400
        let isBefore = seconds < 0
        return Double(whole / 86_400 - (isBefore ? 1 : 0))
          + Double(seconds + (isBefore ? 86_400 : 0)) / 86_400
      }
    }
  }

  /// The numbers as they are kept.
  public let storage: Storage

  /// Takes stored numbers over.
  public init(_ storage: Storage) { self.storage = storage }

  /// Takes numbers over as they are: to make them narrow would take longer than a block of them is used.
  public init(_ doubles: [Double]) { storage = .doubles(doubles) }

  public init(arrayLiteral elements: Double...) { self.init(elements) }

  @inlinable public var startIndex: Int { 0 }

  @inlinable public var endIndex: Int {
    switch storage {
    case .doubles(let numbers): numbers.count
    case .shorts(let numbers, _): numbers.count
    case .words(let numbers, _): numbers.count
    }
  }

  /// The number of a row.
  @inlinable public subscript(row: Int) -> Double {
    switch storage {
    case .doubles(let numbers): numbers[row]
    case .shorts(let numbers, let unit): unit.number(numbers[row])
    case .words(let numbers, let unit): unit.number(numbers[row])
    }
  }

  /// All numbers in 64 bits; nothing is copied where they are kept so.
  public var doubles: [Double] {
    if case .doubles(let numbers) = storage { return numbers }
    var doubles: [Double] = []
    doubles.reserveCapacity(count)
    forEachPart(of: indices) { part in
      for place in part.indices { doubles.append(part[place]) }
    }
    return doubles
  }

  /// The numbers of some rows, in the order in which these are given.
  @inlinable public func rows(_ rows: some Collection<Int>) -> [Double] {
    switch storage {
    case .doubles(let numbers): rows.map { numbers[$0] }
    case .shorts(let numbers, let unit): rows.map { unit.number(numbers[$0]) }
    case .words(let numbers, let unit): rows.map { unit.number(numbers[$0]) }
    }
  }

  /// The smallest and the largest number of some rows; nil where none has one.
  public func bounds(of rows: Range<Int>) -> ClosedRange<Double>? {
    switch storage {
    case .doubles(let numbers):
      var (low, high) = (Double.infinity, -Double.infinity)
      for row in rows {
        // Neither holds for what is not a number.
        if numbers[row] < low { low = numbers[row] }
        if numbers[row] > high { high = numbers[row] }
      }
      return low <= high ? low...high : nil
    // A larger whole number never stands for a smaller number.
    case .shorts(let numbers, let unit):
      return Self.bounds(of: rows, in: numbers).map {
        unit.number($0.lowerBound)...unit.number($0.upperBound)
      }
    case .words(let numbers, let unit):
      return Self.bounds(of: rows, in: numbers).map {
        unit.number($0.lowerBound)...unit.number($0.upperBound)
      }
    }
  }

  @inline(__always)
  private static func bounds<Whole: FixedWidthInteger>(
    of rows: Range<Int>, in numbers: [Whole]
  ) -> ClosedRange<Whole>? {
    var (low, high) = (Whole.max, Whole.min)
    unsafe numbers[rows].withUnsafeBufferPointer { numbers in
      for place in numbers.indices {
        let number = unsafe numbers[place]
        low = Swift.min(low, number == .min ? .max : number)
        high = Swift.max(high, number)
      }
    }
    return high > .min ? low...high : nil
  }

  /// Gives a body the numbers of some rows that follow each other, in parts of as few as stay in a core's cache.
  public func forEachPart(of rows: Range<Int>, _ body: (Span<Double>) -> Void) {
    switch storage {
    case .doubles(let numbers): body(numbers.span.extracting(rows))
    case .shorts(let numbers, let unit):
      Self.forEachPart(of: rows, body) { rows, target in
        for (place, row) in rows.enumerated() { target[place] = unit.number(numbers[row]) }
      }
    case .words(let numbers, let unit):
      Self.forEachPart(of: rows, body) { rows, target in
        for (place, row) in rows.enumerated() { target[place] = unit.number(numbers[row]) }
      }
    }
  }

  @inline(__always)
  private static func forEachPart(
    of rows: Range<Int>, _ body: (Span<Double>) -> Void,
    _ fill: (Range<Int>, inout [Double]) -> Void
  ) {
    let most = 2048
    var part = [Double](repeating: 0, count: Swift.min(most, rows.count))
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: most) {
      let some = first..<Swift.min(first + most, rows.upperBound)
      fill(some, &part)
      body(part.span.extracting(0..<some.count))
    }
  }
}
