import DataSources
import FeatureEncoding
import Foundation
import Tables
import Testing

@testable import LeadScoring

@Suite("Reasons as bytes")
struct ReasonBytesTests {
  /// Models that have every kind of term between them, and the texts they were trained on.
  private static func models() throws -> [(model: LeadModel, history: String)] {
    let texts = [
      TextHistory.titles(rows: 1500, seed: 3), TextHistory.lists(rows: 1500, seed: 8),
      DatePartsTests.history(rows: 3000, seed: 11, effect: 1.2),
    ]
    let small = MadeUpLeads.small(rows: 400)
    var models: [(model: LeadModel, history: String)] = [
      (try PlantedPairs.shared.get().model, PlantedPairs.text),
      (try Training.model(small) { $0.ridge = 1 }, small),
    ]
    for text in texts {
      let model = try Training.model(text) {
        $0.form = .curves
        $0.validation = .none
      }
      models.append((model, text))
    }
    return models
  }

  private static let numbers = [
    "0", "-0", "7", "0.1", "-3.25", "12.125", "0.0001", "0.00012", "1e-7", "1e300", "123456789012",
    "99999999999.5", "0.30000000000000004", "1023", "1024", "1000000.01", "NA", "",
  ]
  private static let texts = [
    "=1+1", "a \"b\"; c", "Müller, Köln", "日本", "x\u{1F600}", String(repeating: "lang ", count: 30),
    "-", "", " VP of IT ", "@", "VP\u{E4}\u{E4}",
  ]

  /// Cells of a column: some of training's, some that no one has seen, some missing.
  private static func cell(_ rule: FieldEncoding.Rule, _ usual: String, _ random: inout SplitMix)
    -> String
  {
    func pick(_ words: [String]) -> String { words[Int(random.unit() * Double(words.count))] }
    let isUsual = random.unit() < 0.4
    switch rule {
    case .numeric, .curve:
      // A title with a comma has moved what is behind it.
      if isUsual { return Double(usual) == nil ? "5" : usual }
      return random.unit() < 0.5 ? pick(numbers) : "\((random.unit() * 1e6).rounded() / 1000)"
    case .date, .dateCurve, .datePart:
      let day = (random.unit() * 3_200_000 - 350_000).rounded(.down)
      return random.unit() < 0.2 ? "" : CalendarDay.text(day)
    case _ where isUsual: return usual
    case .flag: return pick(["yes", "no", "", "NA"])
    case .category, .words, .list: return pick(texts)
    }
  }

  /// A history's leads in which cells were changed.
  private static func leads(_ model: LeadModel, _ history: String) throws -> String {
    let file = try MadeUpLeads.file(history)
    var random = SplitMix(state: 17)
    let names = model.featureColumns
    var text = names.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    let rows = history.split(separator: "\n").dropFirst().prefix(300)
    let places = names.map { name in file.table.columnNames.firstIndex(of: name) }
    for row in rows {
      let cells = row.split(separator: ",", omittingEmptySubsequences: false).map {
        String($0.replacing("\"", with: ""))
      }
      text +=
        zip(names, places).map { name, place in
          let usual = place.flatMap { $0 < cells.count ? cells[$0] : nil } ?? ""
          guard let term = model.terms.first(where: { $0.field.column == name }) else {
            return usual
          }
          let cell = Self.cell(term.field.rule, usual, &random)
          return "\"" + cell.replacing("\"", with: "\"\"") + "\""
        }.joined(separator: ",") + "\n"
    }
    return text
  }

  /// A number with its sign and two decimals.
  private static func signedHundredths(_ number: Double, decimalMark: UInt8) -> String {
    let hundredths = Int((min(abs(number), 1e6) * 100).rounded())
    let fraction = hundredths % 100
    return (number < 0 ? "-" : "+") + "\(hundredths / 100)\(Character(UnicodeScalar(decimalMark)))"
      + (fraction < 10 ? "0" : "") + "\(fraction)"
  }

  /// A block's rows, joined of strings.
  private static func plain(
    _ block: ScoredBlock, _ model: LeadModel, _ style: CSVWriter.Style, most: Int
  ) -> [UInt8] {
    var writer = CSVWriter(style: style)
    let texts = ReasonTexts(model)
    let columns = model.terms.map { block.table[$0.name] }
    for row in block.probabilities.indices {
      writer.writeInteger(block.firstRow + row + 1)
      writer.writeNumber(block.probabilities[row], decimals: 6)
      writer.writeInteger(Int((block.probabilities[row] * 100).rounded()))
      writer.writeText(model.tiers.names[block.tiers[row]])
      let reasons = block.reasons(row: row, most: most, averages: model.averages).map { reason in
        let words = texts.text(of: reason, columns: columns, row: row)
        let share = signedHundredths(reason.share, decimalMark: style.decimalMark)
        return "\(words.field) = \(words.value) (\(share))"
      }
      writer.writeText(reasons.joined(separator: "; "))
      writer.endRow()
    }
    return writer.takeBytes()
  }

  @Test("a file of scores has the reasons that joined strings give, whatever is in the cells")
  func plainConstruction() throws {
    var kinds = Set<String>()
    for (model, history) in try Self.models() {
      kinds.formUnion(model.terms.map(\.kindName))
      try MadeUpLeads.onDisk(try Self.leads(model, history)) { path in
        var options = ReadingOptions()
        options.separator = UInt8(ascii: ",")
        options.decimalMark = .point
        for most in [1, 3, 100] {
          let stream = try LeadStream(path: path, options: options)
          let scorer = try LeadScorer(model, columns: stream.columnNames, file: path, day: 20_000)
          var leads = 0
          _ = try LeadFileScoring(scorer, stream: stream).run(render: { $0 }) { block in
            leads += block.probabilities.count
            for style in [CSVWriter.Style.standard, .german] {
              let writer = ScoreWriter(scorer, format: .csv(style), mostReasons: most)
              let (found, plain) = (
                writer.text(of: block).bytes, Self.plain(block, model, style, most: most)
              )
              #expect(found == plain, "\(model.terms.map(\.name)), \(most) reasons")
            }
          }
          #expect(leads == 300)
        }
      }
    }
    #expect(
      kinds.isSuperset(of: ["category", "flag", "words", "list", "date part"]), "\(kinds)")
  }

  @Test(
    "the strongest shares are those that a list for each lead has, equal ones in the model's order")
  func strongest() throws {
    var random = SplitMix(state: 23)
    // Leads of whole eights and others; whole numbers, of which many are equal, and others.
    for (rows, isWhole) in [(0, true), (1, true), (7, false), (8, true), (501, true), (500, false)]
    {
      let shares = (0..<9).map { _ in
        (0..<rows).map { _ in
          let share = random.unit() * 7 - 3
          return isWhole ? share.rounded() : share
        }
      }
      let averages = (0..<9).map { _ in isWhole ? 0 : random.unit() }
      let block = ScoredBlock(
        firstRow: 0, logits: shares[0], probabilities: shares[0], tiers: [], counts: [],
        shares: shares, table: try Table(columns: []))
      for most in [1, 2, 3, 4, 9, 20] {
        let found = StrongestReasons(block, most: most, averages: averages)
        for row in 0..<rows {
          var reasons: [Reason] = []
          for rank in 0..<found.most where found.share(rank: rank, row: row) != 0 {
            reasons.append(
              Reason(
                term: found.term(rank: rank, row: row), share: found.share(rank: rank, row: row)))
          }
          #expect(reasons == block.reasons(row: row, most: most, averages: averages))
        }
      }
    }
  }

  @Test("numbers, days and shares are the bytes of their strings")
  func numberBytes() {
    var random = SplitMix(state: 29)
    var numbers = Self.numbers.compactMap { Double($0) }
    for power in -8...18 {
      for _ in 0..<200 {
        let number = (random.unit() - 0.5) * pow(10, Double(power))
        numbers += [number, number.rounded(), (number * 1e4).rounded() / 1e4, number.nextUp]
        numbers.append((number * 100).rounded() / 100)
      }
    }
    for _ in 0..<2000 {
      let number = Double(bitPattern: random.next())
      if number.isFinite { numbers.append(number) }
    }
    for number in numbers {
      var text = TextBuffer()
      text.appendShortest(number)
      #expect(String(decoding: text.bytes(), as: UTF8.self) == shortest(number))
      text.removeAll()
      text.appendDay(number)
      #expect(String(decoding: text.bytes(), as: UTF8.self) == CalendarDay.text(number))
      text.removeAll()
      text.appendShare(number, decimalMark: UInt8(ascii: ","))
      let share = Self.signedHundredths(number, decimalMark: UInt8(ascii: ","))
      #expect(String(decoding: text.bytes(), as: UTF8.self) == " (\(share))")
    }
  }

  @Test("probabilities are what the writer of tables makes of them, next to halves too")
  func probabilities() {
    var random = SplitMix(state: 31)
    var numbers = [0, 1, 0.5, 1e-300, 5e-7, Double.leastNonzeroMagnitude, 1 - 0x1p-53]
    for _ in 0..<3000 {
      numbers += [random.unit(), random.unit() * 1e-6, 1 - random.unit() * 1e-6]
      // Halves of a millionth: those that a double holds, and those to which one is next.
      let half = ((random.unit() * 1e6).rounded(.down) + 0.5) / 1e6
      numbers += [half, half.nextUp, half.nextDown]
      numbers.append((random.unit() * 128).rounded(.down) / 128)
    }
    for number in numbers {
      var text = TextBuffer()
      text.appendMillionths(number, decimalMark: UInt8(ascii: "."))
      text.append(UInt8(ascii: ","))
      text.append(digits: UInt64(TextBuffer.whole(number * 100)), width: 1)
      text.append(UInt8(ascii: "\n"))
      var writer = CSVWriter()
      writer.writeNumber(number, decimals: 6)
      writer.writeInteger(Int((number * 100).rounded()))
      writer.endRow()
      #expect(text.bytes() == writer.takeBytes(), "\(number)")
    }
  }

  @Test(
    "a buffer that grows keeps what is in it, and texts may be longer than what is copied at once")
  func growth() {
    var random = SplitMix(state: 37)
    let words = (0..<80).map { String(repeating: "\($0)é", count: $0 / 3) }
    let texts = PaddedTexts(words)
    var text = TextBuffer()
    var expected: [UInt8] = []
    for _ in 0..<2000 {
      let index = Int(random.unit() * 80)
      let word = Array(words[index].utf8)
      let skipped = min(word.count, Int(random.unit() * 3))
      text.append(texts, index, skipping: skipped)
      expected += word.dropFirst(skipped)
      if random.unit() < 0.02 {
        let place = expected.count / 2
        text.removeAll(from: place)
        expected.removeLast(expected.count - place)
      }
    }
    #expect(text.bytes() == expected)
    #expect(text.count == expected.count)
  }
}
