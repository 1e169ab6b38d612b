import Regression
import Testing

@testable import LeadScoring

/// Penalties and pairs that a sample of leads has set, carried to more leads.
@Suite("Fitted evidence")
struct FittedEvidenceTests {
  private let options = TrainingOptions()

  private func set(_ text: String) throws -> TrainingSet {
    try TrainingSet(try MadeUpLeads.file(text).table, options: options)
  }

  @Test("carried to the leads that set it, it gives the fit that it came from")
  func same() throws {
    let set = try set(PlantedPairs.history(rows: 3000, seed: 21))
    let found = try FormFit(
      set, older: set.learningRows, form: .pairs, options: options, penalty: nil)
    #expect(found.problem.pairs.count >= 3)
    let evidence = try #require(found.evidence)
    #expect(evidence.leads == 3000)
    let again = try FormFit(
      set, older: set.learningRows, form: .pairs, options: options, penalty: nil,
      carrying: evidence)
    #expect(again.problem.pairs.count == found.problem.pairs.count)
    let names = found.problem.pairs.map { found.problem.name(of: $0) }
    #expect(again.problem.pairs.map { again.problem.name(of: $0) } == names)
    for (a, b) in zip(again.fit.coefficients, found.fit.coefficients) { #expect(abs(a - b) < 1e-5) }
  }

  @Test(
    "more leads keep its strengths and pairs, and show further pairs where more than predictions are asked"
  )
  func more() throws {
    let set = try set(PlantedPairs.history(rows: 8000, seed: 22))
    let few = set.keeping(Array(0..<1200))
    let sampled = try FormFit(set, older: few, form: .pairs, options: options, penalty: nil)
    let evidence = try #require(sampled.evidence)
    let trial = try FormFit(
      set, older: set.learningRows, form: .pairs, options: options, penalty: nil,
      carrying: evidence)
    func names(_ fit: FormFit) -> [String] {
      fit.problem.pairs.map { fit.problem.name(of: $0) }.sorted()
    }
    #expect(names(trial) == names(sampled))
    let whole = try FormFit(
      set, rows: set.learningRows, form: .pairs, options: options, penalty: nil, folds: nil,
      carrying: evidence)
    #expect(Set(names(whole)).isSuperset(of: names(sampled)))
    #expect(Set(names(whole)).isSuperset(of: ["width & height", "asked & called"]))
    let alone = try FormFit(
      set, rows: set.learningRows, form: .pairs, options: options, penalty: nil, folds: nil)
    func loss(_ fit: FormFit) -> Double {
      LogisticLoss.sum(eta: fit.fit.eta, outcomes: set.outcomes) / Double(set.outcomes.count)
    }
    #expect(abs(loss(whole) - loss(alone)) < 0.004, "\(loss(whole)), \(loss(alone))")
    #expect(whole.inference != nil && trial.inference == nil)
  }

  @Test("what a person asks of pairs or curves is of all leads, and so not carried")
  func asked() throws {
    let text = DatedLeads.text(
      rows: 1500, time: .created(rowsADay: 10), logit: DatedLeads.stable)
    let model = try Training.model(text) {
      $0.form = nil
      $0.comparedLeads = 400
      $0.interactions = [Interaction("x", "source")]
    }
    #expect(model.penalty.chosen == "set by their evidence, term by term")
  }
}
