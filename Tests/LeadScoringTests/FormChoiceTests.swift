import Evaluation
import Foundation
import Regression
import TestSupport
import Testing

@testable import LeadScoring

@Suite("Choice of the form")
struct FormChoiceTests {
  private func chosen(
    _ text: String, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LeadModel {
    try Training.model(text) {
      $0.form = nil
      $0.validation = .none
      change(&$0)
    }
  }

  @Test("where curves learn a past that is over, lines are chosen")
  func drift() throws {
    let model = try chosen(
      DatedLeads.text(
        rows: 2000, time: .created(rowsADay: 20), logit: DatedLeads.drifting))
    let choice = try #require(model.formChoice)
    let newest = try #require(choice.newest)
    #expect(model.form == .linear)
    #expect(choice.reason == "it foretells the newest leads best, and no form is simpler")
    #expect(newest.leads == 400 && newest.olderLeads == 1600)
    #expect(newest.from == "2019-07-03")
    #expect(newest.forms.map(\.form) == ModelForm.ladder)
    #expect(newest.forms[0].difference == 0 && newest.forms[0].standardError == 0)
    let curves = newest.forms[1]
    #expect(curves.difference > 3 * curves.standardError)
    expectAgreement(
      [curves.difference], [curves.logLoss - newest.forms[0].logLoss], relativeTolerance: 1e-9)
  }

  @Test("where the truth is curved and stays, curves are chosen")
  func stable() throws {
    let model = try chosen(
      DatedLeads.text(rows: 2000, time: .created(rowsADay: 20), logit: DatedLeads.stable))
    #expect(model.form == .curves)
    #expect(
      model.formChoice?.reason
        == "it foretells the newest leads best, and simpler forms are worse by more than one standard error"
    )
    #expect(model.terms.contains { $0.isCurve })
  }

  @Test("where nothing tells time the richest form is taken, and says so")
  func timeless() throws {
    let text = DatedLeads.text(rows: 400, time: .order, logit: DatedLeads.stable)
    let model = try chosen(text)
    #expect(model.form == ModelForm.ladder.last)
    let choice = try #require(model.formChoice)
    #expect(choice.newest == nil)
    #expect(
      choice.reason.hasPrefix("the richest form, as nothing tells which leads are the newest"))
    let oneDay = text.split(separator: "\n").enumerated().map {
      $1 + ($0 == 0 ? ",created_at\n" : ",2025-03-01\n")
    }.joined()
    let untested = try chosen(oneDay)
    #expect(untested.form == ModelForm.ladder.last)
    #expect(untested.formChoice?.reason == "the richest form, as it cannot be tested by time")
  }

  @Test("a given form is no choice, and a given penalty is of lines")
  func given() throws {
    let text = DatedLeads.text(
      rows: 400, time: .created(rowsADay: 4), logit: DatedLeads.stable)
    for form in ModelForm.ladder {
      let model = try Training.model(text) { $0.form = form }
      #expect(model.form == form && model.formChoice == nil)
      // It has its own test by time, as ever.
      #expect(model.validation?.time?.testFrom == "2019-07-03")
    }
    let model = try chosen(text) { $0.ridge = 2 }
    #expect(model.form == .linear)
    #expect(model.formChoice?.reason == "the form that has one penalty, which is given")
    #expect(model.formChoice?.newest == nil)
  }

  @Test("what only curves can have leaves lines out of the choice")
  func needsCurves() {
    var options = TrainingOptions()
    #expect(options.candidateForms == ModelForm.ladder)
    options.interactions = [Interaction("x", "source")]
    #expect(options.candidateForms == [.curves, .pairs])
    options.interactions = []
    options.directions = ["x": .up]
    #expect(options.candidateForms == [.curves, .pairs])
    options.form = .curves
    #expect(options.candidateForms == [.curves])
  }

  @Test("the test by time is that of the chosen form")
  func validation() throws {
    let text = DatedLeads.text(
      rows: 1000, time: .created(rowsADay: 10), logit: DatedLeads.stable)
    let model = try chosen(text) { $0.validation = .time }
    let time = try #require(model.validation?.time)
    let newest = try #require(model.formChoice?.newest)
    #expect(model.form == .curves)
    #expect(time.metrics.logLoss.value == newest.forms[1].logLoss)
    #expect(time.testFrom == newest.from && time.trainingRate == newest.olderRate)
    let alone = try Training.model(text) {
      $0.form = .curves
      $0.validation = .time
    }
    #expect(alone.validation?.time == time)
    #expect(alone.allCoefficients == model.allCoefficients)
  }

  /// A model whose form 800 older leads have chosen.
  private func chosenOnSample(
    _ text: String, validation: ValidationMethod = .time
  ) throws -> LeadModel {
    try chosen(text) {
      $0.validation = validation
      $0.comparedLeads = 800
    }
  }

  @Test("of very many leads a sample chooses the form, and all older ones are in its test")
  func sampled() throws {
    let text = DatedLeads.text(
      rows: 3000, time: .created(rowsADay: 10), logit: DatedLeads.stable)
    let model = try chosenOnSample(text)
    let newest = try #require(model.formChoice?.newest)
    #expect(model.form == .curves)
    #expect((700...900).contains(try #require(newest.sampledLeads)))
    #expect(newest.olderLeads == 2400 && newest.leads == 600)
    let alone = try Training.model(text) {
      $0.form = .curves
      $0.validation = .time
    }
    // Strengths are those that the sample has set: variances of effects, which more leads would hardly change.
    let (tested, expected) = (
      try #require(model.validation?.time), try #require(alone.validation?.time)
    )
    #expect(tested.trainingLeads == 2400 && tested.testFrom == expected.testFrom)
    #expect(
      abs(tested.metrics.logLoss.value - expected.metrics.logLoss.value) < 0.005,
      "\(tested.metrics.logLoss.value), \(expected.metrics.logLoss.value)")
    #expect(
      model.penalty.chosen.hasPrefix("set by their evidence, term by term, on a sample of "))
    #expect(model.penalty.terms?.count == alone.penalty.terms?.count)
    // All older leads foretell better than the sample did.
    #expect(tested.metrics.logLoss.value < newest.forms[1].logLoss)
    let few = try chosen(text) { $0.comparedLeads = 2000 }
    #expect(try #require(few.formChoice?.newest).sampledLeads == nil)
  }

  @Test("a sample's strength of the penalty serves for the test of lines")
  func sampledLines() throws {
    let text = DatedLeads.text(
      rows: 3000, time: .created(rowsADay: 10), logit: DatedLeads.drifting)
    let model = try chosenOnSample(text)
    #expect(model.form == .linear)
    let tested = try #require(model.validation?.time)
    // It is the test of one of the strengths that a search tries, to the digit.
    let tests = try PenaltySearch.strengths.map { ridge in
      try Training.model(text) {
        $0.ridge = ridge
        $0.validation = .time
      }.validation?.time
    }
    #expect(tests.contains(tested))
    // And for all leads, whose fit then is one under a given strength.
    let penalty = model.penalty
    #expect(!penalty.tried.isEmpty && penalty.tried.contains { $0.ridge == penalty.ridge })
    let given = try Training.model(text) { $0.ridge = penalty.ridge }
    #expect(model.allCoefficients == given.allCoefficients)
  }

  @Test("nobody waits for a test by time that was not asked for")
  func untested() throws {
    let text = DatedLeads.text(
      rows: 3000, time: .created(rowsADay: 10), logit: DatedLeads.drifting)
    let tested = try chosenOnSample(text)
    let untested = try chosenOnSample(text, validation: .folds)
    #expect(untested.formChoice == tested.formChoice && untested.form == tested.form)
    #expect(untested.allCoefficients == tested.allCoefficients)
    #expect(untested.validation?.time == nil)
  }

  @Test(
    "with dates the order of rows is nothing, with a sample and without", arguments: [400, 9999])
  func shuffled(sample: Int) throws {
    let text = DatedLeads.text(
      rows: 1000, time: .created(rowsADay: 7), logit: DatedLeads.stable)
    var random = SplitMix(state: 12)
    let mixed = MadeUpLeads.changingRows(of: text) { $0.shuffled(using: &random) }
    let (first, second) = (
      try chosen(text) {
        $0.recalibration = .recent
        $0.comparedLeads = sample
      },
      try chosen(mixed) {
        $0.recalibration = .recent
        $0.comparedLeads = sample
      }
    )
    #expect(first.form == second.form)
    let (one, other) = (
      try #require(first.formChoice?.newest), try #require(second.formChoice?.newest)
    )
    #expect(one.sampledLeads == other.sampledLeads && (one.sampledLeads != nil) == (sample == 400))
    #expect(one.from == other.from && one.rate == other.rate && one.leads == other.leads)
    for (form, same) in zip(one.forms, other.forms) {
      #expect(abs(form.logLoss - same.logLoss) < 1e-9)
      #expect(abs(form.difference - same.difference) < 1e-9)
      #expect(abs(form.standardError - same.standardError) < 1e-9)
    }
    for (a, b) in zip(first.allCoefficients, second.allCoefficients) { #expect(abs(a - b) < 1e-9) }
    #expect(first.tiers == second.tiers)
  }

  @Test("rows in order of time are as leads of rising dates")
  func ordered() throws {
    let ordered = try chosen(
      DatedLeads.text(rows: 900, time: .order, logit: DatedLeads.drifting)
    ) {
      $0.isOrdered = true
      $0.recalibration = .recent
    }
    let dated = try chosen(
      DatedLeads.text(rows: 900, time: .created(rowsADay: 1), logit: DatedLeads.drifting)
    ) { $0.recalibration = .recent }
    let (one, other) = (
      try #require(ordered.formChoice?.newest), try #require(dated.formChoice?.newest)
    )
    #expect(one.forms == other.forms)
    #expect(one.from == "row 721" && other.from == "2021-04-03")
    #expect(ordered.allCoefficients == dated.allCoefficients)
    #expect(ordered.recalibration?.shift == dated.recalibration?.shift)
    #expect(ordered.recalibration?.check?.from == "row 811")
    #expect(ordered.recalibration?.check?.difference == dated.recalibration?.check?.difference)
  }

  @Test("rows that run from new to old are told, where a date shows it")
  func newestFirst() throws {
    let text = DatedLeads.text(
      rows: 300, time: .created(rowsADay: 3), logit: DatedLeads.stable)
    let turned = MadeUpLeads.changingRows(of: text) { $0.reversed() }
    func remarks(_ text: String) throws -> [String] {
      try Training.run(text) { $0.isOrdered = true }.remarks.filter {
        $0.hasPrefix("by \"created_at\" the first rows are the newest")
      }
    }
    #expect(try remarks(text).isEmpty)
    #expect(try remarks(turned).count == 1)
  }

  @Test("a date that nobody named as that of creation is pointed at")
  func unusedDate() throws {
    let text = DatedLeads.text(
      rows: 300, time: .created(rowsADay: 3), logit: DatedLeads.stable
    ).replacing("created_at", with: "first seen")
    let remark =
      "nothing tells when leads were created; if \"first seen\" does, say --created \"first seen\""
    #expect(try Training.run(text).remarks.contains { $0.hasPrefix(remark) })
    #expect(
      try !Training.run(text) { $0.created = "first seen" }.remarks.contains {
        $0.hasPrefix("nothing tells")
      })
  }
}

@Suite("Comparison of forms")
struct FormComparisonTests {
  /// Four converted leads, of which the second form foretells two better and two worse.
  private func comparison(weight: Double) throws -> FormComparison {
    let outcomes = [true, true, true, true]
    let weights = [Double](repeating: weight, count: 4)
    return try FormComparison([
      (
        .linear,
        try ScoredLeads(probabilities: [0.5, 0.5, 0.5, 0.5], outcomes: outcomes, weights: weights)
      ),
      (
        .curves,
        try ScoredLeads(probabilities: [0.8, 0.8, 0.4, 0.4], outcomes: outcomes, weights: weights)
      ),
    ])
  }

  /// Lead-wise differences are ln 1.6, ln 1.6, ln 0.8, ln 0.8: the mean is ln 1.28 / 2, and all are ln 2 / 2
  /// from it.
  @Test("within one standard error of the best, the simplest is taken: by hand")
  func within() throws {
    let few = try comparison(weight: 1)
    #expect(few.best == 1 && few.chosen == 0)
    expectAgreement(
      few.candidates.map(\.logLoss), [log(2), -(log(0.8) + log(0.4)) / 2], relativeTolerance: 1e-14)
    expectAgreement([few.candidates[0].difference], [log(1.28) / 2], relativeTolerance: 1e-13)
    // Four leads: sqrt(4 (ln 2 / 2)^2 / 3 / 4).
    expectAgreement(
      [few.candidates[0].standardError], [log(2) / 2 / 3.0.squareRoot()], relativeTolerance: 1e-13)
    #expect(
      few.reason
        == "the simplest form whose log loss on the newest leads is within one standard error of the best, curves"
    )
  }

  @Test("beyond one standard error, it is not: by hand")
  func beyond() throws {
    // Sixteen leads: sqrt(16 (ln 2 / 2)^2 / 15 / 16) is 0.0895, and the difference 0.1234.
    let many = try comparison(weight: 4)
    #expect(many.best == 1 && many.chosen == 1)
    expectAgreement(
      [many.candidates[0].standardError], [log(2) / 2 / 15.0.squareRoot()],
      relativeTolerance: 1e-13)
    #expect(many.candidates[1].difference == 0 && many.candidates[1].standardError == 0)
  }

  @Test("of equal forms the simplest is the best, among any number of them")
  func equal() throws {
    let leads = try ScoredLeads(probabilities: [0.2, 0.9, 0.4], outcomes: [false, true, true])
    let worse = try ScoredLeads(probabilities: [0.9, 0.1, 0.1], outcomes: [false, true, true])
    let found = try FormComparison([(.plain, worse), (.linear, leads), (.curves, leads)])
    #expect(found.best == 1 && found.chosen == 1)
    #expect(found.candidates.count == 3)
    #expect(found.candidates[2].difference == 0)
    let alone = try FormComparison([(.linear, leads)])
    #expect(alone.best == 0 && alone.chosen == 0)
  }
}
