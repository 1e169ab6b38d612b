import DataSources
import FeatureEncoding
import Foundation
import Tables
import Testing

@testable import LeadScoring

@Suite("Parts of dates in models")
struct DatePartsTests {
  /// Leads of three years, of which those of some months convert more often.
  static func history(rows: Int, seed: UInt64, effect: Double, days: Int = 1095) -> String {
    var random = SplitMix(state: seed)
    var text = "created_at,contacted,size,outcome\n"
    for _ in 0..<rows {
      let day = 19_000 + Int(Double(days) * random.unit())
      let contacted = day - Int(30 * random.unit())
      let month = CalendarDay.date(day).month
      let eta = -0.5 + ([3, 4, 11].contains(month) ? effect : 0) + 0.01 * 50 * random.unit()
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      text += random.unit() < 0.03 ? "" : CalendarDay.text(Double(day))
      text += ",\(CalendarDay.text(Double(contacted))),\(Int(100 * random.unit()))"
      text += ",\(isWon ? "won" : "lost")\n"
    }
    return text
  }

  private static let text = history(rows: 3000, seed: 11, effect: 1.2)

  private func train(_ text: String, _ form: ModelForm = .curves) throws -> LeadModel {
    try Training.model(text) {
      $0.form = form
      $0.validation = .none
    }
  }

  @Test("a month that matters is a term, and what does not matter is none")
  func planted() throws {
    let model = try train(Self.text)
    let term = try #require(model.terms.first { $0.name == "created_at (month)" })
    #expect(term.kindName == "date part")
    #expect(!model.terms.contains { $0.name.contains("(weekday)") })
    var effects: [String: Double] = [:]
    for row in term.rows { effects[row.label] = row.coefficient.value }
    for month in ["March", "April", "November"] {
      for other in ["January", "June", "August"] {
        let difference = try #require(effects[month]) - #require(effects[other])
        #expect(difference > 0.6 && difference < 1.8, "\(month), \(other): \(difference)")
      }
    }
    let march = try model.logit(of: ["created_at": "2027-03-14", "contacted": "2027-03-01"])
    let june = try model.logit(of: ["created_at": "2027-06-14", "contacted": "2027-06-01"])
    #expect(march > june + 0.6)
  }

  @Test("without evidence there are no parts, and in a short time no months")
  func none() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let model = try train(Self.history(rows: 1500, seed: seed, effect: 0))
      #expect(!model.terms.contains { $0.kindName == "date part" })
    }
    let short = try train(Self.history(rows: 3000, seed: 12, effect: 1.2, days: 600))
    #expect(!short.terms.contains { $0.name.contains("(month)") })
    let linear = try train(Self.text, .linear)
    #expect(!linear.terms.contains { $0.kindName == "date part" })
  }

  @Test("a file is of version 3, comes back equal, and is checked")
  func file() throws {
    let model = try train(Self.text)
    let json = try model.json()
    #expect(try LeadModel(json: json, path: "m.json") == model)
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains("\"version\": 3") && text.contains("\"part\": \"month\""))
    for (place, other, reason) in [
      ("\"part\": \"month\"", "\"part\": \"weekday\"", "is no weekday"),
      ("\"part\": \"month\"", "\"part\": \"year\"", "not one of those known"),
      ("\"part\": \"month\"", "\"parts\": \"month\"", "has no \"part\""),
      ("\"level\": \"March\"", "\"level\": \"Martius\"", "is no month"),
      ("\"level\": \"March\"", "\"level\": \"April\"", "repeat"),
      ("\"field\": \"created_at (month)\"", "\"field\": \"month\"", "must be called"),
      ("\"kind\": \"date part\"", "\"kind\": \"date parts\"", "unknown kind"),
    ] {
      // Penalties name fields before the terms do.
      let range = try #require(text.range(of: place, options: .backwards))
      let error = try #require(throws: ModelError.self) {
        try LeadModel(
          json: Array(text.replacingCharacters(in: range, with: other).utf8), path: "m.json")
      }
      #expect(error.description.contains(reason), "\(error)")
    }
  }

  @Test("the order of rows changes no coefficient by more than 1e-9")
  func order() throws {
    let reversed = MadeUpLeads.changingRows(of: Self.text) { $0.reversed() }
    let (first, second) = (try train(Self.text), try train(reversed))
    #expect(first.allCoefficients.count == second.allCoefficients.count)
    for (a, b) in zip(first.allCoefficients, second.allCoefficients) { #expect(abs(a - b) < 1e-9) }
  }

  @Test("a file of leads needs the date once, reasons name the month, and they sum to the logit")
  func scoring() throws {
    let model = try train(Self.text)
    #expect(model.featureColumns == ["contacted", "size", "created_at"])
    let leads = "created_at,contacted,size\n2027-03-14,2027-03-01,5\n,2027-03-01,\nx,,7\n"
    try MadeUpLeads.onDisk(leads) { path in
      let stream = try LeadStream(path: path, options: ReadingOptions())
      let scorer = try LeadScorer(model, columns: stream.columnNames, file: path, day: 20_000)
      let place = try #require(model.terms.firstIndex { $0.kindName == "date part" })
      let reason = ReasonText(model.terms[place])
      let averages = model.terms.map(\.average)
      let block = try #require(
        try {
          var blocks: [ScoredBlock] = []
          do {
            _ = try LeadFileScoring(scorer, stream: stream).run(render: { $0 }) {
              blocks.append($0)
            }
          } catch ScoringError.unreadableCells {}
          return blocks.first
        }())
      for row in block.logits.indices {
        let sum = block.reasons(row: row, most: 10, averages: averages)
          .reduce(model.baseline) { $0 + $1.share }
        #expect(abs(sum - block.logits[row]) < 1e-12)
      }
      let column = try #require(block.table["created_at (month)"])
      #expect(
        (0..<3).map { reason.value(of: column, row: $0) } == ["March", "(missing)", "(missing)"])
      let expected = try model.logit(
        of: ["created_at": "2027-03-14", "contacted": "2027-03-01", "size": "5"])
      #expect(abs(block.logits[0] - expected) < 1e-12)
    }
  }

  @Test(
    "the evidence of levels that differ by chance is below the bar, of such that differ above it")
  func evidence() {
    var random = SplitMix(state: 4)
    let codes = (0..<2000).map { _ in UInt32(1 + random.unit() * 7) }
    let noise = codes.map { _ in random.unit() < 0.5 ? 0.5 : -0.5 }
    let curvature = codes.map { _ in 0.25 }
    func gain(_ residuals: [Double]) -> Double {
      DatePartSearch.gain(codes, count: 7, residuals: residuals, curvature: curvature)
    }
    #expect(gain(noise) < DatePartSearch.bar)
    let signal = zip(codes, noise).map { $0 == 3 ? 0.5 : $1 }
    #expect(gain(signal) > 20)
    // What all levels share is the intercept's.
    #expect(abs(gain(noise.map { $0 + 0.1 }) - gain(noise)) < 0.5)
    #expect(gain([Double](repeating: 0.3, count: 2000)) < 0)
  }
}
