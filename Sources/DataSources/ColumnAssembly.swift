import Tables

extension ColumnCollector {
  /// Whether the chunks can become what the column is to be; if not, it must be read again.
  func fits(_ target: ColumnTarget, keepsText: Bool) -> Bool {
    runs.allSatisfy { run in
      switch (run.kind, target) {
      case (.missing, _): true
      case (.numbers(let mark), .numbers(let wanted)): mark == wanted || !run.isAmbiguous
      case (.dates(let order), .dates(let wanted)): order == wanted || !run.isAmbiguous
      case (.words, .numbers), (.words, .dates), (.words, .words), (.texts, .texts): true
      case (.nothing, .words): !keepsText
      default: false
      }
    }
  }

  /// Numbers, one a row.
  func assembledNumbers(_ mark: DecimalMark) -> Numbers {
    let text = levels.bytes
    let values =
      [Double.nan]
      + (0..<levels.count).map { level -> Double in
        let cell = levels.cell(level)
        return NumberGrammar.read(text.span, cell)?.value(mark, of: text.span, cell) ?? .nan
      }
    return assembled(values) { if case .numbers = $0 { true } else { false } }
  }

  /// Dates, one a row.
  func assembledDates(_ order: DateOrder) -> Numbers {
    let text = levels.bytes
    let values =
      [Double.nan]
      + (0..<levels.count).map { level -> Double in
        DateGrammar.read(text.span, levels.cell(level))?.value(order) ?? .nan
      }
    return assembled(values) { if case .dates = $0 { true } else { false } }
  }

  /// - Parameters:
  ///   - valueOfCode: What words say, by code.
  ///   - isNumbers: Whether a run of a kind holds what is wanted.
  private func assembled(_ valueOfCode: [Double], _ isNumbers: (ColumnRun.Kind) -> Bool) -> Numbers
  {
    if runs.count == 1, isNumbers(runs[0].kind) { return runs[0].numbers?.take() ?? [] }
    var all: [Double] = []
    all.reserveCapacity(rows)
    for run in runs {
      if isNumbers(run.kind) {
        all.append(contentsOf: run.numbers?.take().doubles ?? [])
      } else if run.kind == .words {
        if let codes = run.codes { all.append(contentsOf: codes.take().entries(of: valueOfCode)) }
      } else {
        all.append(contentsOf: repeatElement(.nan, count: run.rows))
      }
    }
    return Numbers(all)
  }

  /// Codes of levels, one a row.
  func assembledCodes() -> LevelCodes {
    if runs.count == 1, let codes = runs[0].codes { return codes.take() }
    var all = LevelCodes(capacity: rows, largest: levels.count)
    for run in runs {
      all.append(
        run.codes?.take() ?? LevelCodes(.shorts([UInt16](repeating: 0, count: run.rows))))
    }
    return all
  }

  /// Text cells, one a row; all empty where they were not kept.
  func assembledTexts() -> Texts {
    var all = Texts(missing: 0)
    for run in runs {
      if run.kind == .texts { all.append(run.texts) } else { all.append(missing: run.rows) }
    }
    return all
  }

  /// The column's values.
  func values(_ target: ColumnTarget, forced: ColumnKind?) -> Column.Values {
    switch target {
    case .numbers(let mark):
      let numbers = assembledNumbers(mark)
      if forced == nil, !self.numbers.contains(.many), let flags = Self.flags(of: numbers) {
        return .flag(flags)
      }
      return .numeric(numbers)
    case .dates(let order): return .date(assembledDates(order))
    case .texts: return .text(assembledTexts())
    case .words:
      if hasTooManyLevels || runs.contains(where: { $0.kind == .texts }) {
        return .text(assembledTexts())
      }
      let codes = assembledCodes()
      let words = levels.strings
      if forced != .category, let flags = Self.flags(codes, words) { return .flag(flags) }
      return .category(Categories(codes: codes, levels: words))
    }
  }

  /// Flags of numbers that are 0, 1 or missing; nil if all are missing.
  private static func flags(of numbers: Numbers) -> Flags? {
    var codes: [UInt8] = []
    codes.reserveCapacity(numbers.count)
    var (hasAny, hasOthers) = (false, false)
    numbers.forEachPart(of: numbers.indices) { part in
      for place in part.indices {
        let number = part[place]
        codes.append(number.isNaN ? 0 : number == 0 ? 1 : 2)
        hasAny = hasAny || !number.isNaN
        hasOthers = hasOthers || !(number.isNaN || number == 0 || number == 1)
      }
    }
    return hasAny && !hasOthers ? Flags(codes: codes, falseWord: "0", trueWord: "1") : nil
  }

  /// Flags of words that are one pair in any case; nil if they are not.
  static func flags(_ codes: LevelCodes, _ words: [String]) -> Flags? {
    guard !words.isEmpty, words.count <= 12 else { return nil }
    let folded = words.map { $0.lowercased() }
    guard let pair = FlagWords.pair(of: folded) else { return nil }
    let no = zip(words, folded).first { $0.1 == pair.no }?.0
    let yes = zip(words, folded).first { $0.1 == pair.yes }?.0
    // A code above the levels is a word that was not there before: somebody writes to the file.
    let codeOfLevel = [0] + folded.map { UInt8($0 == pair.no ? 1 : 2) } + [0]
    return Flags(
      codes: codes.entries(of: codeOfLevel),
      falseWord: no ?? FlagWords.spelled(pair.no, like: yes ?? pair.yes),
      trueWord: yes ?? FlagWords.spelled(pair.yes, like: no ?? pair.no))
  }
}
