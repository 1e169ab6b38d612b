import Tables

/// The room of a column's codes of words: one of 16 bits a row as long as these hold them.
enum CodeRoom: Sendable {
  case shorts(ColumnRoom<UInt16>)
  case words(ColumnRoom<UInt32>)

  /// - Parameter capacity: About how many rows there will be, 0 where that is unknown.
  init(firstRow: Int, capacity: Int) {
    self = .shorts(ColumnRoom(firstRow: firstRow, capacity: capacity))
  }

  /// Becomes a room of 32 bits a row.
  ///
  /// Others may still write to the old one at the places of later rows: it stays as long as any of them has it, and what
  /// they wrote is copied when it is added.
  mutating func widen() {
    guard case .shorts(let narrow) = self else { return }
    let wide = ColumnRoom<UInt32>(firstRow: narrow.firstRow, capacity: narrow.capacity)
    wide.add(.own(narrow.map { UInt32($0) }))
    self = .words(wide)
  }

  /// Takes a block's codes over.
  ///
  /// - Parameters:
  ///   - levels: What stands for each of the block's codes; none where they stay.
  ///   - rows: How many there are.
  /// - Precondition: The room holds what stands for them.
  func add(_ cells: CodeCells, levels: [UInt32], rows: Int) {
    switch (self, cells) {
    case (.shorts(let room), .shorts(let cells)):
      room.add(cells)
      room.recode(last: rows, levels)
    case (.words(let room), .words(let cells)):
      room.add(cells)
      room.recode(last: rows, levels)
    case (.words(let room), .shorts(let cells)):
      room.add(.own(cells.array().map { UInt32($0) }))
      room.recode(last: rows, levels)
    case (.shorts(let room), .words(let cells)):
      // More different cells than levels: some words of many mean that a value is missing.
      room.add(.own(cells.array().map { UInt16(levels.isEmpty ? $0 : levels[Int($0)]) }))
    }
  }

  /// Adds as many missing values.
  func add(missing count: Int) {
    switch self {
    case .shorts(let room): room.add(repeating: 0, count: count)
    case .words(let room): room.add(repeating: 0, count: count)
    }
  }

  /// The codes, which are the caller's from now on; nobody may read blocks any more.
  func take() -> LevelCodes {
    switch self {
    case .shorts(let room): LevelCodes(.shorts(room.take()))
    case .words(let room): LevelCodes(.words(room.take()))
    }
  }
}

extension ColumnRoom where Value: WordCode {
  /// Puts levels in place of the last codes that were taken over, where there are such.
  fileprivate func recode(last rows: Int, _ levels: [UInt32]) {
    guard !levels.isEmpty else { return }
    let levels = levels.span
    change(last: rows) { codes in
      for row in codes.indices {
        codes[row] = Value(truncatingIfNeeded: levels[Int(codes[row])])
      }
    }
  }
}

/// A block's codes of words: in 16 bits where these hold them, unless there is a place for wider ones.
enum CodeCells: Sendable {
  case shorts(ChunkCells<UInt16>)
  case words(ChunkCells<UInt32>)

  /// The codes in an array of their own.
  func codes() -> LevelCodes {
    switch self {
    case .shorts(let cells): LevelCodes(.shorts(cells.array()))
    case .words(let cells): LevelCodes(.words(cells.array()))
    }
  }
}
