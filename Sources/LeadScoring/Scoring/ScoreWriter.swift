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
  private let averages: [Double]
  /// The terms and pairs, those that move scores most first.
  private let order: [Int]
  private let tierNames: [String]
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
    reasonBytes = ReasonBytes(scorer.model)
    averages = scorer.model.averages
    let spreads = scorer.model.terms.map(\.spread) + scorer.model.pairs.map(\.spread)
    order = spreads.indices.sorted { (spreads[$1], $0) < (spreads[$0], $1) }
    tierNames = scorer.model.tiers.names
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

  /// The bytes of a block's leads, in order.
  public func bytes(of block: ScoredBlock) -> [UInt8] {
    switch format {
    case .csv(let style): csv(block, style: style)
    case .jsonLines: jsonLines(block)
    }
  }

  private func cells(_ block: ScoredBlock, _ name: String) -> Texts? {
    guard case .text(let texts)? = block.table[LeadScorer.asText(name)]?.values else { return nil }
    return texts
  }

  private func csv(_ block: ScoredBlock, style: CSVWriter.Style) -> [UInt8] {
    let reasons = StrongestReasons(
      block, most: mostReasons, averages: averages, order: order)
    // Rows that are longer make it grow.
    var writer = CSVWriter(
      style: style, room: block.probabilities.count * (32 + 40 * reasons.most))
    let identifiers = scorer.identifier.flatMap { cells(block, $0) }
    let kept = scorer.kept.map { cells(block, $0) }
    let columns = reasonBytes.columns(of: block.table, model: scorer.model)
    let tiers = Texts(tierNames)
    var text = TextBuffer()
    for row in block.probabilities.indices {
      if let identifiers {
        writer.writeText(identifiers[row])
      } else {
        writer.writeInteger(block.firstRow + row + 1)
      }
      let probability = block.probabilities[row]
      writer.writeNumber(probability, decimals: 6)
      writer.writeInteger(Int((probability * 100).rounded()))
      writer.writeText(tiers[block.tiers[row]])
      if mostReasons > 0 {
        text.removeAll()
        reasonBytes.append(
          reasons, row: row, columns: columns, decimalMark: style.decimalMark, to: &text)
        writer.writeText(text.bytes)
      }
      for texts in kept {
        if let texts { writer.writeText(texts[row]) } else { writer.writeMissing() }
      }
      writer.endRow()
    }
    return writer.takeBytes()
  }

  private func jsonLines(_ block: ScoredBlock) -> [UInt8] {
    let writer = JSONWriter()
    let identifiers = scorer.identifier.flatMap { cells(block, $0) }
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
        members.append((heading, texts.map { .string($0.string(at: row)) } ?? .null))
      }
      bytes += writer.bytes(of: .object(members))
      bytes.append(0x0A)
    }
    return bytes
  }
}
