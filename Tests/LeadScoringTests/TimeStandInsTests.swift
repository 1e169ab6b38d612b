import Foundation
import Tables
import TestSupport
import Testing

@testable import LeadScoring

@Suite("Stand-ins for the date")
struct TimeStandInsTests {
  /// Leads of 600 days, three a day, with columns that tell the day more or less.
  private static let text: String = {
    var random = SplitMix(state: 6)
    var text = "rate,number,quarter,weekday,trend,noise,seen,created_at,outcome\n"
    for row in 0..<1800 {
      let day = Double(row / 3)
      // Up slowly, then down fast, as a rate of interest: a value a fortnight.
      let step = (day / 14).rounded(.down)
      let rate = step < 30 ? 1 + 0.11 * step : 4.2 - 0.313 * (step - 30)
      let cells = [
        String(format: "%.3f", rate), String(format: "%.1f", 5000 + 8.5 * day + 20 * random.unit()),
        "Q\(Int(day / 40))", ["mon", "tue", "wed"][row % 3],
        String(format: "%.2f", day / 100 + 3 * random.unit()),
        String(format: "%.2f", random.unit()), CalendarDay.text(19_000 + day - 3 * random.unit()),
        CalendarDay.text(19_000 + day), random.unit() < 0.4 ? "won" : "lost",
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }()

  private func found(_ change: (inout TrainingOptions) -> Void = { _ in }) throws -> [String] {
    try Training.run(Self.text) {
      $0.ridge = 1
      change(&$0)
    }.remarks.filter { $0.contains("stands for the date") }
  }

  @Test(
    "numbers, running or not, and words that tell the date are named; a date by its distance is not"
  )
  func named() throws {
    let remarks = try found()
    #expect(remarks.map { $0.split(separator: "\"")[0] } == ["rate", "number", "quarter"])
    #expect(remarks[2].hasSuffix("leave it out with --exclude \"quarter\""))
  }

  @Test("a date that is not the one of creation stands for it where it counts by itself")
  func date() throws {
    let remarks = try found {
      $0.isOrdered = true
      $0.excluded = ["created_at"]
    }
    #expect(
      remarks.map { $0.split(separator: "\"")[0] } == ["rate", "number", "quarter", "seen"])
  }

  @Test("where nothing tells time nothing stands for it")
  func timeless() throws {
    #expect(try found { $0.excluded = ["created_at"] }.isEmpty)
  }

  @Test(
    "of very many leads a sample tells, whatever their order and however few columns tell them apart",
    arguments: [false, true])
  func sampled(hasNumbers: Bool) throws {
    var random = SplitMix(state: 9)
    var rows = (0..<32_000).map { row in
      let day = row % 5
      return [
        "p\(day)", "a\(Int(60 * random.unit()))", "b\(Int(60 * random.unit()))",
        hasNumbers ? String(format: "%.4f", random.unit()) : "1",
        CalendarDay.text(19_000 + Double(day)), random.unit() < 0.4 ? "won" : "lost",
      ].joined(separator: ",") + "\n"
    }
    func found() throws -> [String] {
      let text = "phase,one,other,number,created_at,outcome\n" + rows.joined()
      return try Training.run(text) { $0.ridge = 1 }.remarks
        .filter { $0.contains("stands for the date") }
    }
    let remarks = try found()
    #expect(remarks.map { $0.split(separator: "\"")[0] } == ["phase"])
    rows.sort()
    #expect(try found() == remarks)
  }

  @Test("the share is what groups tell of ranks, less what chance would: by hand")
  func share() {
    let weights = [1.0, 1, 1, 1]
    let ranks = TimeStandIns.ranks([30, 10, 20, 40], weights: weights)
    #expect(ranks == [2.5, 0.5, 1.5, 3.5])
    // Of the squares 5, 1 is within the two groups: 1 - 1/5 * 3/2.
    let share = TimeStandIns.explainedShare(of: ranks, by: [2, 1, 1, 2], weights: weights)
    expectAgreement([share], [0.7], relativeTolerance: 1e-14)
    #expect(TimeStandIns.explainedShare(of: ranks, by: [1, 2, 3, 4], weights: weights) == 0)
    #expect(TimeStandIns.ranks([5, 5, 7, 5], weights: [1, 1, 2, 2]) == [2, 2, 5, 2])
  }

  @Test("equal values share a group, and missing ones have theirs")
  func groups() {
    let values = [1, 1, 1, 1, 1, 1, 2, .nan, 3, 3, 3, 3, 3, 4]
    let groups = TimeStandIns.groups(values, weights: [Double](repeating: 1, count: 14))
    #expect(groups == [1, 1, 1, 1, 1, 1, 2, 0, 2, 2, 2, 2, 2, 3])
  }
}
