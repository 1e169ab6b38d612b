import Tables

/// What a column of a file has become, for reading it again a block at a time.
struct ColumnRecipe: Sendable {
  enum Content: Sendable {
    /// Numbers, or flags where all are 0 or 1.
    case numbers(DecimalMark, areFlags: Bool)
    case dates(DateOrder)
    /// Words that are levels.
    case levels([String])
    /// Words that are one pair.
    case flags([String])
    /// Text; without its cells where they are not kept, or not read.
    case texts(areKept: Bool)
  }

  let name: String
  let content: Content

  /// What a column became when all cells were looked at.
  ///
  /// - Parameters:
  ///   - collector: All words.
  ///   - evidence: What all cells say about numbers.
  init(
    _ name: String, _ collector: ColumnCollector, _ target: ColumnTarget,
    _ evidence: NumberEvidence, _ options: ReadingOptions
  ) {
    self.name = name
    let forced = options.kinds[name]
    switch target {
    case .numbers(let mark):
      let areFlags = forced == nil && evidence.hasNumbers && !evidence.contains(.many)
      content = .numbers(mark, areFlags: areFlags)
    case .dates(let order): content = .dates(order)
    case .texts: content = .texts(areKept: true)
    case .words:
      let words = collector.levels.strings
      let areTexts = collector.runs.contains { $0.kind == .texts }
      if options.unread.contains(name) {
        content = .texts(areKept: false)
      } else if collector.hasTooManyLevels || areTexts {
        content = .texts(areKept: options.keepsText)
      } else if forced != .category, ColumnCollector.flags(LevelCodes([]), words) != nil {
        content = .flags(words)
      } else {
        content = .levels(words)
      }
    }
  }

  /// How its cells are to be read; nil where they are not.
  var request: ColumnRequest? {
    let kind: ColumnRequest.Kind
    switch content {
    case .numbers: kind = .numeric
    case .dates: kind = .date
    case .levels(let words), .flags(let words): kind = .category(levels: words)
    case .texts(areKept: true): kind = .text
    case .texts(areKept: false): return nil
    }
    return ColumnRequest(name: name, kind: kind)
  }

  /// How numbers and dates are written.
  var hint: ColumnHint {
    switch content {
    case .numbers(let mark, _): ColumnHint(decimalMark: mark, dateOrder: nil)
    case .dates(let order): ColumnHint(decimalMark: nil, dateOrder: order)
    case .levels, .flags, .texts: ColumnHint(decimalMark: nil, dateOrder: nil)
    }
  }

  /// The column of cells that were read as requested.
  func column(_ values: Column.Values) -> Column {
    switch (content, values) {
    case (.numbers(_, areFlags: true), .numeric(let numbers)):
      let codes = numbers.doubles.map { $0.isNaN ? UInt8(0) : $0 == 0 ? 1 : 2 }
      return Column(
        name: name, values: .flag(Flags(codes: codes, falseWord: "0", trueWord: "1")))
    case (.flags(let words), .category(let categories)):
      guard let flags = ColumnCollector.flags(categories.codes, words) else {
        preconditionFailure("the words were flags before")
      }
      return Column(name: name, values: .flag(flags))
    default: return Column(name: name, values: values)
    }
  }
}
