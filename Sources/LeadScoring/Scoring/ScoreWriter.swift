import DataSources
import StrictJSON
import Tables

/// Writes scored leads as rows of a file: the lead's name, probability, score, tier and reasons, and
/// the columns that are passed on.
public struct ScoreWriter: Sendable {
  /// What a file of scores looks like.
  public enum Format: Sendable {
    /// Rows of cells; formulas are made harmless.
    case csv(CSVWriter.Style)

    /// An object a line, with exact numbers.
    case jsonLines
  }

  private let scorer: LeadScorer
  private let format: Format
  private let mostReasons: Int
  private let texts: ReasonTexts
  private let reasonBytes: ReasonBytes
  private let room = ScoreTextRoom()
  private let averages: [Double]
  private let tierNames: [String]
  /// The cell of each tier, with the separator before it.
  private let tierCells: PaddedTexts
  /// The cell of each score, from 0 to 100.
  private let scoreCells = PaddedTexts((0...100).map { String($0) })
  private let baseline: Double

  /// The heading of the lead's name, with a mark if it is taken.
  private let identifierName: String

  /// The headings of the columns passed on; one that is taken gets a mark.
  private let keptNames: [String]

  /// Creates a writer of `mostReasons` reasons a lead.
  public init(_ scorer: LeadScorer, format: Format, mostReasons: Int) {
    self.scorer = scorer
    self.format = format
    self.mostReasons = mostReasons
    texts = ReasonTexts(scorer.model)
    let style: CSVWriter.Style = if case .csv(let style) = format { style } else { .standard }
    reasonBytes = ReasonBytes(scorer.model, style: style)
    averages = scorer.model.averages
    tierNames = scorer.model.tiers.names
    tierCells = PaddedTexts(
      tierNames.map { [style.separator] + CSVWriter.cell(Array($0.utf8).span, style: style) })
    baseline = scorer.model.baseline
    var taken: Set<String> = ["probability", "score", "tier", "reasons", "logit", "baseline"]
    func free(_ name: String) -> String {
      var free = name
      while !taken.insert(free).inserted { free += " (input)" }
      return free
    }
    identifierName = free(scorer.identifier ?? "row")
    keptNames = scorer.kept.map { free($0) }
  }

  /// The bytes before the first lead: the row of headings of a CSV file.
  public var header: [UInt8] {
    guard case .csv(let style) = format else { return [] }
    var writer = CSVWriter(style: style)
    let headings =
      [identifierName, "probability", "score", "tier"] + (mostReasons > 0 ? ["reasons"] : [])
    for heading in headings + keptNames { writer.writeText(heading) }
    writer.endRow()
    return writer.takeBytes()
  }

  /// The rows of a block's leads, in order.
  public func text(of block: ScoredBlock) -> ScoreText {
    let rows = room.next()
    rows.fill { text in
      switch format {
      case .csv(let style): csv(block, style: style, to: &text)
      case .jsonLines: text.append(jsonLines(block).span)
      }
    }
    return rows
  }

  /// The cells of a column that is passed on.
  private func cells(_ block: ScoredBlock, _ name: String) -> Texts {
    guard case .text(let texts)? = block.table[LeadScorer.asText(name)]?.values else {
      preconditionFailure("column \"\(name)\" was asked for")
    }
    return texts
  }

  private func csv(_ block: ScoredBlock, style: CSVWriter.Style, to text: inout TextBuffer) {
    let reasons = StrongestReasons(block, most: mostReasons, averages: averages)
    let hasIdentifier = scorer.identifier != nil
    let identifiers = scorer.identifier.map { cells(block, $0) } ?? Texts(bytes: [], ends: [])
    let arePlain = CSVWriter.arePlain(identifiers.bytes.span, style: style)
    let kept = scorer.kept.map { cells(block, $0) }
    let columns =
      mostReasons > 0
      ? reasonBytes.columns(of: block.table, model: scorer.model) : .none
    let (separator, mark) = (style.separator, style.decimalMark)
    for row in block.probabilities.indices {
      if hasIdentifier {
        Self.append(identifiers, row, style, isPlain: arePlain, to: &text)
      } else {
        text.append(digits: UInt64(block.firstRow + row + 1), width: 1)
      }
      text.append(separator)
      let probability = block.probabilities[row]
      // A mark that separates cells too is put in quotes.
      if mark == separator { text.append(UInt8(ascii: "\"")) }
      text.appendMillionths(probability, decimalMark: mark)
      if mark == separator { text.append(UInt8(ascii: "\"")) }
      text.append(separator)
      text.append(scoreCells, TextBuffer.whole(probability * 100))
      text.append(tierCells, block.tiers[row])
      if mostReasons > 0 {
        text.append(separator)
        reasonBytes.append(reasons, row: row, columns: columns, to: &text)
      }
      for index in kept.indices {
        text.append(separator)
        Self.append(kept[index], row, style, to: &text)
      }
      if style.lineEnd == .crlf { text.append(UInt8(ascii: "\r")) }
      text.append(UInt8(ascii: "\n"))
    }
  }

  /// Appends a cell of text.
  ///
  /// - Parameter isPlain: Whether it is known to be.
  @inline(__always)
  private static func append(
    _ texts: borrowing Texts, _ row: Int, _ style: CSVWriter.Style, isPlain: Bool = false,
    to text: inout TextBuffer
  ) {
    let cell = texts.bytes.span.extracting(texts.range(at: row))
    if isPlain || CSVWriter.isPlain(cell, style: style) {
      text.append(cell)
    } else {
      text.append(CSVWriter.cell(cell, style: style).span)
    }
  }

  private func jsonLines(_ block: ScoredBlock) -> [UInt8] {
    let writer = JSONWriter()
    let identifiers = scorer.identifier.map { cells(block, $0) }
    let kept = scorer.kept.map { cells(block, $0) }
    let columns = scorer.model.terms.map { block.table[$0.name] }
    var bytes: [UInt8] = []
    for row in block.probabilities.indices {
      let name: JSONValue =
        identifiers.map { .string($0.string(at: row)) } ?? .number(Double(block.firstRow + row + 1))
      let reasons = block.reasons(row: row, most: mostReasons, averages: averages).map {
        reason -> JSONValue in
        let words = texts.text(of: reason, columns: columns, row: row)
        return .object([
          ("field", .string(words.field)), ("value", .string(words.value)),
          ("share", .number(reason.share)),
        ])
      }
      var members: [(key: String, value: JSONValue)] = [
        (identifierName, name), ("probability", .number(block.probabilities[row])),
        ("score", .number((block.probabilities[row] * 100).rounded())),
        ("tier", .string(tierNames[block.tiers[row]])), ("logit", .number(block.logits[row])),
        ("baseline", .number(baseline)), ("reasons", .array(reasons)),
      ]
      for (heading, texts) in zip(keptNames, kept) {
        members.append((heading, .string(texts.string(at: row))))
      }
      bytes += writer.bytes(of: .object(members))
      bytes.append(0x0A)
    }
    return bytes
  }
}
