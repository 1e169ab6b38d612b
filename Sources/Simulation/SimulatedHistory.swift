/// The CSV file of a simulation, written piece by piece, so that its size is bounded by the disk only.
///
/// In English: commas, decimal points, UTF-8, LF, ISO dates, `true` and `false`. In German, what Excel
/// saves there: semicolons, `1.234,56`, Windows-1252, CRLF, `31.12.2024`, `WAHR` and `FALSCH`. Both
/// hold the same rows. A piece depends on its row numbers only, so pieces may be made side by side.
public struct SimulatedHistory: Sendable {
  /// The rows of the file.
  public let rows: Range<Int>

  private let simulation: LeadSimulation
  private let german: Bool
  private let cells: HistoryCells

  /// The rows of one piece; about 2 MB of text.
  public static let rowsPerPiece = 8192

  /// A row's longest text without the repeating cells: numbers, dates and separators.
  private static let rowCapacity = 1024

  /// Creates the file of the rows from `firstRow` on.
  ///
  /// - Precondition: neither `firstRow` nor `count` is negative.
  public init(_ simulation: LeadSimulation, firstRow: Int = 0, count: Int, german: Bool = false) {
    precondition(firstRow >= 0 && count >= 0, "rows are counted from 0")
    self.simulation = simulation
    self.german = german
    rows = firstRow..<firstRow + count
    cells = HistoryCells(simulation: simulation, german: german)
  }

  /// The header line.
  public var header: [UInt8] { cells.header }

  /// The number of pieces.
  public var pieceCount: Int { (rows.count + Self.rowsPerPiece - 1) / Self.rowsPerPiece }

  /// The lines of piece `index`, 0 up to but not including `pieceCount`.
  public func piece(_ index: Int) -> [UInt8] {
    let start = rows.lowerBound + index * Self.rowsPerPiece
    let block = LeadBlock(
      rows: start..<min(start + Self.rowsPerPiece, rows.upperBound), of: simulation)
    var text = HistoryText(capacity: block.rows.count * 288)
    for row in 0..<block.rows.count { append(row, of: block, to: &text) }
    return text.finished()
  }

  /// Passes the header and then every piece to `body`, one after another.
  public func write<Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    try body(header)
    for index in 0..<pieceCount { try body(piece(index)) }
  }

  private func append(_ row: Int, of block: LeadBlock, to text: inout HistoryText) {
    let fields = simulation.world.fields
    text.reserve(Self.rowCapacity)
    text.append(UInt8(ascii: "L"))
    text.append(block.rows.lowerBound + row, width: 9)
    if fields.hasStory {
      text.append(cells.separator)
      appendCompany(Int(block.companies[row]), to: &text)
      text.append(cells.separator)
      appendMinute(block.created[row], to: &text)
    }
    for (offset, law) in simulation.world.numbers.enumerated() {
      text.append(cells.separator)
      appendNumber(block.numbers[row * fields.numbers.count + offset], law, to: &text)
    }
    for offset in fields.categories.indices {
      text.append(cells.separator)
      text.append(
        cells.levels[offset][Int(block.codes[row * fields.categories.count + offset])])
    }
    for offset in fields.flags.indices {
      text.append(cells.separator)
      text.append(cells.flags[Int(block.flags[row * fields.flags.count + offset])])
    }
    if fields.hasStory {
      text.append(cells.separator)
      let day = block.lastActivity[row]
      if day != LeadBlock.missingDay { text.appendDate(day, dotted: german) }
    }
    if simulation.options.includesOutcome {
      text.append(cells.separator)
      text.append(cells.outcomes[Int(block.outcomes[row])])
    }
    text.append(cells.lineEnd)
  }

  private func appendCompany(_ number: Int, to text: inout HistoryText) {
    let part = CompanyName.parts(number)
    let isQuoted = cells.quotesForm[part.form]
    if isQuoted { text.append(UInt8(ascii: "\"")) }
    text.append(cells.beginnings[part.beginning])
    text.append(cells.middles[part.middle])
    text.append(cells.trades[part.trade])
    text.append(cells.forms[part.form])
    if isQuoted { text.append(UInt8(ascii: "\"")) }
  }

  private func appendMinute(_ minute: Int, to text: inout HistoryText) {
    text.appendDate(minute / 1440, dotted: german)
    text.append(UInt8(ascii: " "))
    text.append(minute / 60 % 24, width: 2)
    text.append(UInt8(ascii: ":"))
    text.append(minute % 60, width: 2)
    text.append(UInt8(ascii: ":"))
    text.append(0, width: 2)
  }

  /// A number with the decimals of its field; its digits are exact, as it was rounded to them.
  private func appendNumber(_ value: Double, _ law: NumericLaw, to text: inout HistoryText) {
    if value.isNaN { return }
    if value < 0 { text.append(UInt8(ascii: "-")) }
    let hundredths = Int((abs(value) * 100).rounded())
    text.append(hundredths / 100, group: german ? UInt8(ascii: ".") : nil)
    if (german ? law.germanDecimals : law.decimals) == 2 {
      text.append(UInt8(ascii: german ? "," : "."))
      text.append(hundredths % 100, width: 2)
    }
  }
}
