/// The cells of a history's file that repeat, ready as bytes: quoted and in the file's encoding.
struct HistoryCells: Sendable {
  let header: [UInt8]

  /// A missing value, then the levels of each field, then its new levels.
  let levels: [[[UInt8]]]

  /// Missing, false, true.
  let flags: [[UInt8]]

  let outcomes: [[UInt8]]

  /// The parts of a company's name, without quotes around, but those within doubled.
  let beginnings, middles, trades, forms: [[UInt8]]

  /// Whether a name with this legal form is quoted.
  let quotesForm: [Bool]

  let separator: UInt8
  let lineEnd: [UInt8]

  init(simulation: LeadSimulation, german: Bool) {
    let fields = simulation.world.fields
    let separator = UInt8(ascii: german ? ";" : ",")
    let lineEnd = Array((german ? "\r\n" : "\n").utf8)
    let encode = { (text: String) in german ? Self.windows1252(text) : Array(text.utf8) }
    let cell = { (word: Word) in
      Self.quoted(encode(word.text(german: german)), separator: separator)
    }
    self.separator = separator
    self.lineEnd = lineEnd
    levels = fields.categories.map { field in
      [[]] + field.words.map(cell) + field.words.map { cell($0.asUnseen) }
    }
    flags = [[], encode(german ? "FALSCH" : "false"), encode(german ? "WAHR" : "true")]
    outcomes = Word.outcomes.map(cell)
    beginnings = CompanyName.beginnings.map(encode)
    middles = CompanyName.middles.map(encode)
    trades = CompanyName.trades.map(encode)
    forms = CompanyName.forms.map { Self.doublingQuotes(encode($0)) }
    quotesForm = CompanyName.forms.map {
      Self.needsQuotes(encode($0), separator: separator)
    }
    var names = [SimulatedFields.identifier]
    if fields.hasStory { names += [SimulatedFields.company, SimulatedFields.created] }
    names += fields.numbers.map(\.name) + fields.categories.map(\.name) + fields.flags.map(\.name)
    if fields.hasStory { names.append(SimulatedFields.lastActivity) }
    if simulation.options.includesOutcome { names.append(SimulatedFields.outcome) }
    header = Array(names.map(cell).joined(separator: [separator])) + lineEnd
  }

  /// The bytes in Windows-1252, of which the simulation's words use the part that is Latin-1.
  private static func windows1252(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8($0.value) }
  }

  private static let quote = UInt8(ascii: "\"")

  private static func needsQuotes(_ text: [UInt8], separator: UInt8) -> Bool {
    text.contains { $0 == separator || $0 == quote }
  }

  private static func doublingQuotes(_ text: [UInt8]) -> [UInt8] {
    text.flatMap { $0 == quote ? [quote, quote] : [$0] }
  }

  private static func quoted(_ text: [UInt8], separator: UInt8) -> [UInt8] {
    needsQuotes(text, separator: separator) ? [quote] + doublingQuotes(text) + [quote] : text
  }
}
