import Tables

extension ColumnCollector {
  /// Whether the chunks can become what the column is to be; if not, it must be read again.
  func fits(_ target: ColumnTarget, keepsText: Bool) -> Bool {
    parts.allSatisfy { part in
      switch (part.chunk.values, target) {
      case (.missing, _): true
      case (.numbers(_, let mark), .numbers(let wanted)):
        mark == wanted || !part.chunk.numbers.contains(.ambiguous)
      case (.dates(_, let order), .dates(let wanted)):
        order == wanted || !part.chunk.dates.contains(.ambiguous)
      case (.words, .numbers), (.words, .dates), (.words, .words), (.texts, .texts): true
      case (.nothing, .words): !keepsText
      default: false
      }
    }
  }

  /// Numbers, one a row.
  func assembledNumbers(_ mark: DecimalMark) -> [Double] {
    let text = levels.bytes
    let values =
      [Double.nan]
      + (0..<levels.count).map { level -> Double in
        let cell = levels.cell(level)
        return NumberGrammar.read(text.span, cell)?.value(mark, of: text.span, cell) ?? .nan
      }
    return assembled(values) { if case .numbers(let numbers, _) = $0 { numbers } else { nil } }
  }

  /// Dates, one a row.
  func assembledDates(_ order: DateOrder) -> [Double] {
    let text = levels.bytes
    let values =
      [Double.nan]
      + (0..<levels.count).map { level -> Double in
        DateGrammar.read(text.span, levels.cell(level))?.value(order) ?? .nan
      }
    return assembled(values) { if case .dates(let dates, _) = $0 { dates } else { nil } }
  }

  private func assembled(_ valueOfCode: [Double], _ numbers: (Chunk.Values) -> [Double]?)
    -> [Double]
  {
    var all: [Double] = []
    all.reserveCapacity(rows)
    for part in parts {
      if let numbers = numbers(part.chunk.values) {
        all.append(contentsOf: numbers)
      } else if case .words(let words) = part.chunk.values {
        for code in words.codes {
          all.append(code == 0 ? .nan : valueOfCode[Int(part.levels[Int(code) - 1])])
        }
      } else {
        all.append(contentsOf: repeatElement(.nan, count: part.rows))
      }
    }
    return all
  }

  /// Codes of levels, one a row.
  func assembledCodes() -> [UInt32] {
    unsafe [UInt32](unsafeUninitializedCapacity: rows) { buffer, count in
      for part in parts {
        if case .words(let words) = part.chunk.values {
          let map = [0] + part.levels
          for code in words.codes {
            unsafe buffer[count] = map[Int(code)]
            count += 1
          }
        } else {
          for _ in 0..<part.rows {
            unsafe buffer[count] = 0
            count += 1
          }
        }
      }
    }
  }

  /// Text cells, one a row; all empty where they were not kept.
  func assembledTexts() -> Texts {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(rows)
    for part in parts {
      if case .texts(let texts) = part.chunk.values {
        let start = bytes.count
        bytes.append(contentsOf: texts.bytes)
        for end in texts.ends { ends.append(start + end) }
      } else {
        ends.append(contentsOf: repeatElement(bytes.count, count: part.rows))
      }
    }
    return Texts(bytes: bytes, ends: ends)
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
      if hasTooManyLevels
        || parts.contains(where: { if case .texts = $0.chunk.values { true } else { false } })
      {
        return .text(assembledTexts())
      }
      let codes = assembledCodes()
      let words = levels.strings
      if forced != .category, let flags = Self.flags(codes, words) { return .flag(flags) }
      return .category(Categories(codes: codes, levels: words))
    }
  }

  /// Flags of numbers that are 0, 1 or missing; nil if all are missing.
  private static func flags(of numbers: [Double]) -> Flags? {
    var codes = [UInt8](repeating: 0, count: numbers.count)
    var hasAny = false
    for (row, number) in numbers.enumerated() where !number.isNaN {
      guard number == 0 || number == 1 else { return nil }
      codes[row] = number == 0 ? 1 : 2
      hasAny = true
    }
    return hasAny ? Flags(codes: codes, falseWord: "0", trueWord: "1") : nil
  }

  /// Flags of words that are one pair in any case; nil if they are not.
  static func flags(_ codes: [UInt32], _ words: [String]) -> Flags? {
    guard !words.isEmpty, words.count <= 12 else { return nil }
    let folded = words.map { $0.lowercased() }
    guard let pair = FlagWords.pair(of: folded) else { return nil }
    let no = zip(words, folded).first { $0.1 == pair.no }?.0
    let yes = zip(words, folded).first { $0.1 == pair.yes }?.0
    let codeOfLevel = [0] + folded.map { UInt8($0 == pair.no ? 1 : 2) }
    return Flags(
      codes: codes.map { codeOfLevel[Int($0)] },
      falseWord: no ?? FlagWords.spelled(pair.no, like: yes ?? pair.yes),
      trueWord: yes ?? FlagWords.spelled(pair.yes, like: no ?? pair.no))
  }
}
