import Tables

/// A column that grows block by block.
struct ColumnBuilder {
  private var numbers: [Double] = []
  private var codes = LevelCodes([])
  private var texts = Texts(missing: 0)
  private var levels: [String] = []
  private var kind = ColumnKind.numeric
  private let capacity: Int

  /// - Parameter capacity: About how many rows there will be.
  init(capacity: Int) { self.capacity = capacity }

  /// Adds the values of a block: of the same kind, and with the same levels, as those of all others.
  ///
  /// - Precondition: they are no flags.
  mutating func append(_ values: Column.Values) {
    switch values {
    case .numeric(let more), .date(let more):
      if case .date = values { kind = .date } else { kind = .numeric }
      if numbers.isEmpty { numbers.reserveCapacity(capacity) }
      numbers.append(contentsOf: more.doubles)
    case .category(let categories):
      kind = .category
      levels = categories.levels
      // A code above the levels is a word that is not among them.
      if codes.isEmpty { codes = LevelCodes(capacity: capacity, largest: levels.count + 1) }
      codes.append(categories.codes)
    case .text(let more):
      kind = .text
      texts.append(more)
    case .flag: preconditionFailure("flags are read as numbers or words")
    }
  }

  /// All values.
  func values() -> Column.Values {
    switch kind {
    case .numeric, .flag: .numeric(Numbers(numbers))
    case .date: .date(Numbers(numbers))
    case .category: .category(Categories(codes: codes, levels: levels))
    case .text: .text(texts)
    }
  }
}

extension Column {
  /// The same column without the levels that no row has.
  var withUsedLevels: Column {
    guard case .category(let categories) = values else { return self }
    // A code above the levels is a word that was not there before: somebody writes to the file.
    var isUsed = [Bool](repeating: false, count: categories.levels.count + 2)
    for code in categories.codes { isUsed[Int(code)] = true }
    var levels: [String] = []
    var recoding: [UInt32] = [0]
    for (level, isUsed) in zip(categories.levels, isUsed.dropFirst()) {
      if isUsed { levels.append(level) }
      recoding.append(UInt32(levels.count))
    }
    recoding.append(0)
    return Column(
      name: name,
      values: .category(
        Categories(codes: categories.codes.translated(by: recoding), levels: levels)))
  }
}
