import ArgumentParser
import DataSources
import FeatureEncoding
import LeadScoring
import Tables

/// How a file of leads is read, where its own evidence is not to decide.
struct ReadingFlags: ParsableArguments {
  @Option(help: "What separates cells: comma, semicolon, tab, pipe, or one character.")
  var separator: String?

  @Option(help: "The character that quotes cells (default: \").")
  var quote: String?

  @Option(help: "The decimal mark: point or comma.")
  var decimal: String?

  @Option(help: "The order in dates such as 01/02/2025: day-first or month-first.")
  var dates: String?

  @Option(help: "The encoding: utf-8, windows-1252 or utf-16.")
  var encoding: String?

  @Flag(
    inversion: .prefixedNo, help: "Whether the first row names the columns (default: by its looks)."
  )
  var header: Bool?

  @Option(help: "Lines to skip before the header.")
  var skipLines = 0

  @Flag(help: "Leave out rows that cannot be read, and count them.")
  var skipBadRows = false

  @Option(help: "More words that mean missing, such as Select,unknown.")
  var missing: [CommaList] = []

  @Option(help: "Kinds of columns, as in zip=category,score=numeric (also date, flag, text, list).")
  var kind: [CommaList] = []

  func validate() throws {
    _ = try options()
  }

  /// The options for the reader.
  func options() throws -> ReadingOptions {
    var options = ReadingOptions()
    options.separator = try separator.map(Self.separatorByte)
    options.quote = try quote.map { try Self.singleByte($0, option: "--quote") }
    options.decimalMark = try decimal.map {
      try Self.choice($0, ["point": .point, "comma": .comma], option: "--decimal")
    }
    options.dateOrder = try dates.map {
      try Self.choice($0, ["day-first": .dayFirst, "month-first": .monthFirst], option: "--dates")
    }
    options.encoding = try encoding.map {
      try Self.choice(
        $0.lowercased(),
        [
          "utf-8": .utf8, "utf8": .utf8, "windows-1252": .windows1252, "latin-1": .windows1252,
          "utf-16": .utf16LittleEndian, "utf-16be": .utf16BigEndian,
        ],
        option: "--encoding")
    }
    options.hasHeader = header
    guard skipLines >= 0 else { throw ValidationError("--skip-lines is 0 or more") }
    options.skippedLines = skipLines
    options.skipsBadRows = skipBadRows
    options.missingWords = missing.items
    for (column, name) in try kind.pairs(option: "--kind") {
      // A list is read as a category whose cells are taken apart later.
      let names = ["number": "numeric", "list": "category"]
      guard let kind = ColumnKind(rawValue: names[name] ?? name) else {
        throw ValidationError(
          "\"\(name)\" is no kind of column; kinds are numeric, category, list, flag, date and text"
        )
      }
      options.kinds[column] = kind
    }
    return options
  }

  /// Which columns are lists, and which are not, by their kinds.
  func lists() throws -> ListColumns {
    let kinds = try kind.pairs(option: "--kind")
    return ListColumns(
      asked: Set(kinds.filter { $0.value == "list" }.keys),
      refused: Set(kinds.filter { $0.value == "category" }.keys))
  }

  /// The options for a file that a model scores: what meant missing at training does so here.
  func options(for model: LeadModel) throws -> ReadingOptions {
    var options = try options()
    options.missingWords += model.missingWords
    return options
  }

  private static func separatorByte(_ text: String) throws -> UInt8 {
    let names: [String: UInt8] = [
      "comma": 0x2C, "semicolon": 0x3B, "tab": 0x09, "\\t": 0x09, "pipe": 0x7C, "space": 0x20,
      "colon": 0x3A,
    ]
    if let byte = names[text] { return byte }
    return try singleByte(text, option: "--separator")
  }

  private static func singleByte(_ text: String, option: String) throws -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first else {
      throw ValidationError("\(option) is one character; found \"\(text)\"")
    }
    return byte
  }

  private static func choice<Value>(
    _ text: String, _ choices: [String: Value], option: String
  ) throws -> Value {
    guard let value = choices[text] else {
      throw ValidationError(
        "\(option) is one of \(choices.keys.sorted().joined(separator: ", ")); found \"\(text)\"")
    }
    return value
  }
}
