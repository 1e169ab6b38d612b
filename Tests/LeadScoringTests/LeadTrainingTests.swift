import TestSupport
import Testing

@testable import LeadScoring

@Suite("Training")
struct LeadTrainingTests {
  @Test("weights of two are rows given twice, from the penalty to the tiers")
  func weightIsRepetition() throws {
    let text = MadeUpLeads.small(rows: 240, weighted: true)
    let repeated = MadeUpLeads.changingRows(of: text) { rows in
      rows.enumerated().flatMap { [String](repeating: $1, count: 1 + $0 % 3) }
    }
    let first = try Training.model(text) { $0.weight = "copies" }
    let second = try Training.model(repeated) { $0.excluded = ["copies"] }
    expectAgreement(
      first.allCoefficients, second.allCoefficients, relativeTolerance: 1e-9)
    expectAgreement(
      first.allStandardErrors, second.allStandardErrors, relativeTolerance: 1e-9)
    expectAgreement([first.penalty.ridge], [second.penalty.ridge], relativeTolerance: 1e-12)
    expectAgreement(
      first.penalty.tried.map(\.logLoss), second.penalty.tried.map(\.logLoss),
      relativeTolerance: 1e-9)
    #expect(first.tiers.tiers.map(\.lowest) == second.tiers.tiers.map(\.lowest))
    #expect(first.tiers.tiers.map(\.evidence?.leads) == second.tiers.tiers.map(\.evidence?.leads))
    let measures = [first, second].map { $0.validation?.folds?.metrics }
    let (one, other) = (try #require(measures[0]), try #require(measures[1]))
    expectAgreement([one.logLoss.value], [other.logLoss.value], relativeTolerance: 1e-9)
    expectAgreement(
      [try #require(one.areaUnderCurve).value], [try #require(other.areaUnderCurve).value],
      relativeTolerance: 1e-9)
  }

  @Test("the order of rows is nothing: the same coefficients, folds and tiers")
  func shuffledRows() throws {
    let text = MadeUpLeads.small(rows: 400)
    var random = SplitMix(state: 11)
    let shuffled = MadeUpLeads.changingRows(of: text) { $0.shuffled(using: &random) }
    let first = try Training.model(text)
    let second = try Training.model(shuffled)
    expectAgreement(first.allCoefficients, second.allCoefficients, relativeTolerance: 1e-9)
    #expect(first.tiers == second.tiers)
    expectAgreement(
      first.goldenLeads.map(\.logit), second.goldenLeads.map(\.logit), relativeTolerance: 1e-9)
  }

  @Test("the order of columns is nothing for scores")
  func shuffledColumns() throws {
    let text = MadeUpLeads.small(rows: 300)
    let reversed = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
    }.joined(separator: "\n")
    let first = try Training.model(text) { $0.ridge = 1 }
    let second = try Training.model(reversed) { $0.ridge = 1 }
    for (one, other) in zip(first.terms, second.terms.reversed()) {
      expectAgreement(
        one.coefficients.map(\.value), other.coefficients.map(\.value), relativeTolerance: 1e-7)
    }
    expectAgreement([first.intercept.value], [second.intercept.value], relativeTolerance: 1e-7)
  }

  @Test("a stronger penalty holds coefficients closer to 0, and the intercept is not held")
  func penalty() throws {
    let text = MadeUpLeads.small(rows: 300)
    let spreads = try [0.1, 10, 1e9].map { ridge in
      try Training.model(text) { $0.ridge = ridge }.allCoefficients.dropFirst()
        .reduce(0) { max($0, abs($1)) }
    }
    #expect(spreads[0] > spreads[1] && spreads[1] > spreads[2])
    #expect(spreads[2] < 1e-6)
    let flat = try Training.model(text) { $0.ridge = 1e9 }
    let rate = Double(flat.data.converted) / Double(flat.data.closed)
    #expect(abs(probability(ofLogit: flat.baseline) - rate) < 1e-6)
  }

  @Test("open leads teach nothing, churned ones count as lost")
  func openAndChurned() throws {
    let text = MadeUpLeads.small(rows: 200)
    let withOpen = MadeUpLeads.changingRows(of: text) { $0 + ["99,3,Peru,yes,2024-01-01,open"] }
    let first = try Training.model(text) { $0.ridge = 1 }
    let second = try Training.model(withOpen) { $0.ridge = 1 }
    #expect(second.data.open == 1)
    #expect(first.allCoefficients == second.allCoefficients)
    var count = 0
    let withChurn = MadeUpLeads.changingRows(of: text) { rows in
      rows.map { row in
        count += 1
        return count % 2 == 0 && row.hasSuffix(",lost") ? row.dropLast(4) + "churned" : row
      }
    }
    let third = try Training.model(withChurn) { $0.ridge = 1 }
    #expect(third.data.churned > 0)
    #expect(first.allCoefficients == third.allCoefficients)
  }

  @Test("a column of outcomes, another name and two leads of each outcome are enough")
  func smallest() throws {
    let training = try Training.run("a,outcome\n1,won\n2,lost\n3,won\n4,lost\n")
    #expect(training.model.terms.map(\.name) == ["a"])
    #expect(training.remarks.contains { $0.contains("there are 2 folds in place of 10") })
  }

  @Test("one lead of an outcome gives a model without validation, and says so")
  func oneLead() throws {
    let training = try Training.run("a,outcome\n1,won\n2,lost\n3,lost\n")
    #expect(training.model.validation?.folds == nil)
    #expect(training.model.penalty.chosen == "the default, as leads are too few to choose")
    #expect(training.remarks.contains { $0.contains("nothing can be cross-validated") })
  }

  @Test("nothing to learn from is an error")
  func noFeatures() throws {
    let error = try #require(throws: TrainingError.self) {
      try Training.run("a,outcome\n5,won\n5,lost\n5,won\n5,lost\n")
    }
    #expect(
      error.description
        == "no column is left to learn from: \"a\" (the same in every row, or only rare levels)")
  }

  @Test("columns that tell nothing are left out, with the reason")
  func leftOut() throws {
    let text =
      "a,same,empty,outcome\n"
      + (0..<40).map {
        "\($0 % 7),x,,\($0 % 2 == 0 ? "won" : "lost")\n"
      }.joined()
    let model = try Training.model(text)
    #expect(model.terms.map(\.name) == ["a"])
    #expect(Set(model.leftOut.map(\.name)) == ["same", "empty"])
  }
}

@Suite("Remarks of a training")
struct TrainingRemarkTests {
  /// The remarks on the columns of leads, one of which has these cells.
  private func remarks(_ cell: (Int) -> String) throws -> [String] {
    var random = SplitMix(state: 2)
    let text =
      "a,b,outcome\n"
      + (0..<90).map { row in
        let won = random.unit() < 0.5
        return "\(row % 7),\(cell(row)),\(won ? "won" : "lost")\n"
      }.joined()
    return try Training.run(text).remarks.filter { $0.hasPrefix("column") }
  }

  @Test("a column of numbers with a few words is told, with a word")
  func oddNumbers() throws {
    let found = try remarks { $0 == 31 ? "1e999" : "\($0 % 9)" }
    #expect(
      found == [
        "column \"b\" holds numbers but for cells such as \"1e999\", and so is read as words; correct them, "
          + "or say --missing \"1e999\" or --kind \"b=numeric\""
      ])
  }

  @Test("a column of dates with a day that is none is told")
  func oddDates() throws {
    let found = try remarks { $0 == 31 ? "31.02.2025" : "1\($0 % 9).01.2025" }
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("column \"b\" holds dates but for cells such as \"31.02.2025\""))
  }

  @Test("words, codes with leading zeros, whole columns of numbers and mixtures are not")
  func notOdd() throws {
    #expect(try remarks { "w\($0 % 3)" }.isEmpty)
    #expect(try remarks { "0\($0 % 3)123" }.isEmpty)
    #expect(try remarks { "\($0 % 3)" }.isEmpty)
    #expect(try remarks { $0 % 2 == 0 ? "\($0 % 3)" : "none" }.isEmpty)
  }

  @Test("a column that is known only after the outcome is suspected")
  func leak() throws {
    let leaky = MadeUpLeads.small(rows: 200).split(separator: "\n").map { line -> String in
      let cell = line.hasSuffix("won") ? "paid" : line.hasSuffix("lost") ? "gone" : "invoice"
      return "\(line),\(cell)"
    }.joined(separator: "\n")
    let remark = try #require(
      try Training.run(leaky).remarks.first { $0.hasPrefix("leads are foretold almost") })
    #expect(remark.contains("the strongest is \"invoice\""))
    let honest = try Training.run(MadeUpLeads.small(rows: 200)).remarks
    #expect(!honest.contains { $0.hasPrefix("leads are foretold almost") })
  }
}

@Suite("Judgement")
struct JudgementTests {
  /// Leads of 20 days, 10 a day, newest last; the outcome goes with `a` and turns in the last five days.
  private func byDay(turned: Bool) -> String {
    var text = "a,created_at,outcome\n"
    var random = SplitMix(state: 4)
    for day in 1...20 {
      for _ in 0..<10 {
        let number = random.unit()
        let isHigh = random.unit() < 0.1 ? number < 0.5 : number > 0.5
        let converted = turned && day > 16 ? !isHigh : isHigh
        text += String(Int(number * 1000)) + ",2025-03-\(day < 10 ? "0" : "")\(day),"
        text += converted ? "won\n" : "lost\n"
      }
    }
    return text
  }

  @Test("a test by time fits the older leads and foretells the newest fifth")
  func timeTest() throws {
    let validation = try #require(try Training.model(byDay(turned: false)).validation)
    let time = try #require(validation.time)
    #expect(time.testFrom == "2025-03-17")
    #expect(time.trainingLeads == 160)
    #expect(try #require(time.metrics.areaUnderCurve).value > 0.8)
    // What changed since shows in the test by time alone, as no fold hides it.
    let turned = try #require(try Training.model(byDay(turned: true)).validation?.time)
    #expect(try #require(turned.metrics.areaUnderCurve).value < 0.2)
  }

  @Test("leads of one day are never parted")
  func wholeDays() throws {
    let text = MadeUpLeads.changingRows(of: byDay(turned: false)) { rows in
      rows.map { $0.replacing("2025-03-16", with: "2025-03-17") }
    }
    let time = try #require(try Training.model(text).validation?.time)
    #expect(time.testFrom == "2025-03-17")
    #expect(time.trainingLeads == 150)
  }

  @Test("what cannot be tested by time says why")
  func withoutTimeTest() throws {
    let oneDay = MadeUpLeads.changingRows(of: byDay(turned: false)) { rows in
      rows.map { row in
        let cells = row.split(separator: ",")
        return "\(cells[0]),2025-03-01,\(cells[2])"
      }
    }
    let model = try Training.model(oneDay)
    #expect(model.validation?.time == nil)
    #expect(
      model.validation?.remarks == [
        "all leads were created on one day, so there is no test by time"
      ])
    #expect(throws: TrainingError.self) { try Training.run(oneDay) { $0.validation = .time } }
    let late = MadeUpLeads.changingRows(of: byDay(turned: false)) { rows in
      rows.map {
        $0.contains("2025-03-1") || $0.contains("2025-03-20")
          ? $0.replacing("won", with: "lost") : $0
      }
    }
    let remark = try #require(try Training.model(late).validation?.remarks.first)
    #expect(remark.hasSuffix("2025-03-17 have one outcome only"))
  }

  @Test("a model is judged as asked: not at all, by folds, by time")
  func methods() throws {
    let text = byDay(turned: false)
    #expect(try Training.model(text) { $0.validation = .none }.validation == nil)
    let folds = try #require(try Training.model(text) { $0.validation = .folds }.validation)
    #expect(folds.time == nil && folds.folds?.count == 10)
    let time = try #require(try Training.model(text) { $0.validation = .time }.validation)
    #expect(time.time != nil && time.folds == nil)
  }

  @Test("noise is not foretold: the folds hold each lead out")
  func noise() throws {
    var random = SplitMix(state: 8)
    var text = "a,b,c,d,outcome\n"
    for _ in 0..<300 {
      let letters = (0..<3).map { _ in ["x", "y", "z", "u", "v"][Int(random.unit() * 5)] }
      text += "\(Int(random.unit() * 100)),\(letters.joined(separator: ",")),"
      text += random.unit() < 0.5 ? "won\n" : "lost\n"
    }
    let metrics = try #require(try Training.model(text).validation?.folds?.metrics)
    #expect(abs(try #require(metrics.areaUnderCurve).value - 0.5) < 0.12)
    #expect(metrics.logLoss.value > 0.68)
  }
}
