import FeatureEncoding
import Foundation
import Testing

@testable import LeadScoring

/// What a fit of lines to made-up leads leaves over.
@Suite("Lack of fit")
struct LackOfFitTests {
  private func screen(
    _ text: String, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LackOfFit {
    var options = TrainingOptions()
    change(&options)
    let set = try TrainingSet(try MadeUpLeads.file(text).table, options: options)
    let fitted = try FormFit(
      set, older: set.learningRows, form: .linear, options: options, penalty: nil)
    return try LackOfFit(fitted, set, options: options)
  }

  /// Leads of 400 days with two numbers, a title and a tag, whose odds are a line but for what is added.
  private func leads(
    rows: Int = 8000, seed: UInt64 = 8,
    _ added: (_ x: Double, _ y: Double, _ title: String, _ day: Int) -> Double = { _, _, _, _ in 0 }
  ) -> String {
    var random = SplitMix(state: seed)
    var text = "x,y,title,source,created_at,outcome\n"
    for row in 0..<rows {
      let x = (600 * random.unit()).rounded() / 100
      let y = (50 * random.unit() * random.unit()).rounded()
      let rank = ["Head", "VP", "Chief", "Junior", "Senior", "Lead", "Vice", "Interim"][
        Int(8 * random.unit())]
      let field = ["Sales", "Marketing", "Finance", "Legal", "Support"][Int(5 * random.unit())]
      // A third are titles of their own, which share words.
      let title = "\(rank) \(field)" + (random.unit() < 0.3 ? " \(row / 30)" : "")
      let source = ["web", "fair", "call"][Int(3 * random.unit())]
      let day = row * 1200 / rows
      let eta = 0.4 * (x - 3) - 0.02 * y + (source == "fair" ? 0.4 : 0) + added(x, y, title, day)
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      text +=
        "\(x),\(Int(y)),\(title),\(source),\(CalendarDayText.of(day)),\(isWon ? "won" : "lost")\n"
    }
    return text
  }

  @Test("lines leave nothing where the truth is lines", arguments: [8, 9, 10, 11] as [UInt64])
  func lines(seed: UInt64) throws {
    let found = try screen(leads(seed: seed))
    #expect(!found.isFound, "\(found.largest) nats")
  }

  @Test("a bend, a value of its own, a word, a part of the date and a pair of fields are found")
  func effects() throws {
    let bend = try screen(leads { x, _, _, _ in 0.8 * sin(2 * x) })
    #expect(bend.isFound && bend.largest < .infinity)
    #expect(try screen(leads { _, y, _, _ in y == 12 ? 2 : 0 }).isFound)
    #expect(try screen(leads { _, _, title, _ in title.contains("Legal") ? 1.2 : 0 }).isFound)
    #expect(try screen(leads { _, _, _, day in day % 7 < 2 ? -0.8 : 0 }).isFound)
    let pair: (Double, Double, String, Int) -> Double = { x, y, _, _ in
      (x > 3) == (y > 9) ? 0.7 : -0.7
    }
    #expect(try screen(leads(pair)).isFound)
  }

  @Test("the fields of a pair that may have none are passed over")
  func excluded() throws {
    let text = PlantedPairs.history(rows: 6000, seed: 5)
    #expect(try screen(text).isFound)
    let columns = ["width", "height", "days", "source", "asked", "called", "noise"]
    #expect(try !screen(text) { $0.withoutInteraction = columns }.isFound)
  }

  @Test("a category that tells leads apart as levels alone, and not as a list, leaves nothing over")
  func sameEntries() throws {
    var random = SplitMix(state: 8)
    var text = "x,tags,outcome\n"
    for row in 0..<4000 {
      let x = (600 * random.unit()).rounded() / 100
      let isWon = random.unit() < 1 / (1 + exp(3 - x))
      text += "\(x),\(row % 3 == 0 ? "web;" : "web"),\(isWon ? "won" : "lost")\n"
    }
    #expect(try !screen(text) { $0.lists = ListColumns(asked: ["tags"]) }.isFound)
  }

  @Test("of very many leads richer forms are fitted only where lines leave something to them")
  func choice() throws {
    func choice(_ text: String) throws -> (form: ModelForm, choice: FormChoice) {
      let model = try Training.model(text) {
        $0.form = nil
        $0.comparedLeads = 4000
      }
      return (model.form, try #require(model.formChoice))
    }
    let straight = try choice(leads(rows: 10_000))
    #expect(straight.form == .linear && straight.choice.reason == FormChoice.linesReason)
    #expect(straight.choice.newest?.forms.map(\.form) == [.linear])
    let bent = try choice(leads(rows: 10_000) { x, _, _, _ in 0.8 * sin(2 * x) })
    #expect(bent.form == .curves)
    #expect(bent.choice.newest?.forms.map(\.form) == ModelForm.ladder)
  }
}

/// Days as dates, from 2022-01-01 on.
private enum CalendarDayText {
  static func of(_ day: Int) -> String {
    let date = Date(timeIntervalSince1970: Double(18_993 + day) * 86_400)
    return date.ISO8601Format(.iso8601.year().month().day())
  }
}
