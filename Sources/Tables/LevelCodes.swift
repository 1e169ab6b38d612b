/// A code for each row of a column, in 16 bits where these hold all of them: most columns have few levels, and memory
/// that is not touched costs no time.
///
/// A collection like another where rows are few. Loops over all rows of a column are written for arrays of either width,
/// and chosen by `storage` once.
public struct LevelCodes: Sendable, RandomAccessCollection {
  /// The codes as they are kept.
  public enum Storage: Sendable {
    case shorts([UInt16])
    case words([UInt32])
  }

  /// The codes as they are kept.
  public private(set) var storage: Storage

  /// The largest code of 16 bits.
  public static let largestShort = Int(UInt16.max)

  /// Takes stored codes over.
  public init(_ storage: Storage) { self.storage = storage }

  /// Creates codes, in 16 bits where these hold them.
  public init(_ codes: [UInt32]) {
    storage =
      codes.reduce(0, Swift.max) <= Self.largestShort
      ? .shorts(codes.map { UInt16(truncatingIfNeeded: $0) }) : .words(codes)
  }

  /// Creates no codes, with room for as many that are at most `largest`.
  public init(capacity: Int, largest: Int) {
    if largest <= Self.largestShort {
      var codes: [UInt16] = []
      codes.reserveCapacity(capacity)
      storage = .shorts(codes)
    } else {
      var codes: [UInt32] = []
      codes.reserveCapacity(capacity)
      storage = .words(codes)
    }
  }

  @inlinable public var startIndex: Int { 0 }

  @inlinable public var endIndex: Int {
    switch storage {
    case .shorts(let codes): codes.count
    case .words(let codes): codes.count
    }
  }

  /// The code of a row.
  @inlinable public subscript(row: Int) -> UInt32 {
    switch storage {
    case .shorts(let codes): UInt32(codes[row])
    case .words(let codes): codes[row]
    }
  }

  /// The largest code; 0 where there is none.
  public var largest: Int {
    switch storage {
    case .shorts(let codes): Int(codes.reduce(0, Swift.max))
    case .words(let codes): Int(codes.reduce(0, Swift.max))
    }
  }

  /// The codes in 32 bits.
  public var wide: [UInt32] {
    switch storage {
    case .shorts(let codes): codes.map { UInt32($0) }
    case .words(let codes): codes
    }
  }

  /// Adds codes of further rows.
  public mutating func append(_ more: LevelCodes) {
    if case .shorts(let others) = more.storage, case .shorts(var codes) = storage {
      // Nobody else has the array while it grows.
      storage = .shorts([])
      codes.append(contentsOf: others)
      storage = .shorts(codes)
    } else {
      var codes = wide
      storage = .shorts([])
      codes.append(contentsOf: more.wide)
      storage = .words(codes)
    }
  }

  /// The codes of some rows, in the order in which these are given.
  public func rows(_ rows: [Int]) -> LevelCodes {
    switch storage {
    case .shorts(let codes): LevelCodes(.shorts(rows.map { codes[$0] }))
    case .words(let codes): LevelCodes(.words(rows.map { codes[$0] }))
    }
  }

  /// What a list has for each code.
  @inlinable public func entries<Entry>(of list: [Entry]) -> [Entry] {
    switch storage {
    case .shorts(let codes): codes.map { list[Int($0)] }
    case .words(let codes): codes.map { list[Int($0)] }
    }
  }

  /// The same for the codes of some rows, in the order in which these are given.
  @inlinable public func entries<Entry>(
    of list: [Entry], rows: some Collection<Int>
  ) -> [Entry] {
    switch storage {
    case .shorts(let codes): rows.map { list[Int(codes[$0])] }
    case .words(let codes): rows.map { list[Int(codes[$0])] }
    }
  }

  /// The code that a list has for each code.
  public func translated(by list: [UInt32]) -> LevelCodes {
    guard list.reduce(0, Swift.max) <= Self.largestShort else {
      return LevelCodes(.words(entries(of: list)))
    }
    return LevelCodes(.shorts(entries(of: list.map { UInt16(truncatingIfNeeded: $0) })))
  }
}
