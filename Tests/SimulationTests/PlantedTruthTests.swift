import Foundation
import Simulation
import Tables
import TestSupport
import Testing

@Suite("Planted truth")
struct PlantedTruthTests {
  /// A term of the true model, a value a row: what its coefficient is multiplied by.
  struct Term {
    let name: String
    let coefficient: Double
    let values: [Double]
  }

  /// The terms from the table and the truth alone, as a person with both files would compute them.
  static func terms(_ truth: PlantedTruth, _ table: Table) -> [Term] {
    var terms: [Term] = []
    for (name, number) in truth.numbers {
      guard case .numeric(let values)? = table[name]?.values else { continue }
      let scaled = values.map { value in
        value.isNaN
          ? 0
          : ((number.scale == .log1p ? log1p(value) : value) - number.mean)
            / number.standardDeviation
      }
      terms.append(Term(name: name, coefficient: number.coefficient, values: scaled))
      terms.append(
        Term(
          name: "\(name) missing", coefficient: number.effectWhenMissing,
          values: values.map { $0.isNaN ? 1 : 0 }))
    }
    for (name, effects) in truth.levels {
      guard case .category(let column)? = table[name]?.values else { continue }
      for (code, level) in column.levels.enumerated() {
        terms.append(
          Term(
            name: "\(name)=\(level)", coefficient: effects[level] ?? .nan,
            values: column.codes.map { Int($0) == code + 1 ? 1 : 0 }))
      }
    }
    for (name, effect) in truth.flags {
      guard case .flag(let flags)? = table[name]?.values else { continue }
      terms.append(
        Term(name: name, coefficient: effect, values: flags.codes.map { $0 == 2 ? 1 : 0 }))
    }
    if case .date(let days)? = table.columns[2].values as Column.Values? {
      terms.append(
        Term(
          name: "drift", coefficient: truth.driftPerYear,
          values: days.map { ($0 - truth.driftOrigin) / 365.25 }))
    }
    return terms
  }

  static func options(_ form: LeadSimulation.Form) -> LeadSimulation.Options {
    var options = LeadSimulation.Options()
    options.form = form
    return options
  }

  @Test(
    "the probabilities follow from the truth and the table",
    arguments: LeadSimulation.Form.allCases,
    [false, true])
  func probabilities(form: LeadSimulation.Form, german: Bool) throws {
    let simulation = try LeadSimulation(seed: 11, options: Self.options(form))
    let leads = simulation.rows(count: 2000)
    let truth = simulation.truth(german: german)
    var eta = [Double](repeating: truth.intercept, count: leads.count)
    for term in Self.terms(truth, leads.table(german: german)) {
      for row in eta.indices { eta[row] += term.coefficient * term.values[row] }
    }
    expectAgreement(
      eta.map { 1 / (1 + exp(-$0)) }, leads.probabilities, relativeTolerance: 1e-12)
  }

  /// Under the true model a term's score, the sum of (y - p) x, has mean 0 and the variance
  /// sum p (1 - p) x^2; under another model it has not.
  static func scores(_ terms: [Term], outcomes: [Double?], probabilities: [Double])
    -> [(name: String, z: Double)]
  {
    terms.map { term in
      var score = 0.0
      var variance = 0.0
      for (row, outcome) in outcomes.enumerated() {
        guard let outcome else { continue }
        let p = probabilities[row]
        score += (outcome - p) * term.values[row]
        variance += p * (1 - p) * term.values[row] * term.values[row]
      }
      return (term.name, variance == 0 ? 0 : score / variance.squareRoot())
    }
  }

  @Test(
    "the outcomes agree with the planted coefficients, term by term",
    arguments: LeadSimulation.Form.allCases)
  func outcomes(form: LeadSimulation.Form) throws {
    let simulation = try LeadSimulation(seed: 3, options: Self.options(form))
    let leads = simulation.rows(count: 20_000)
    let outcomes = leads.outcomes.map { $0 == .open ? nil : $0 == .converted ? 1.0 : 0 }
    let terms = Self.terms(simulation.truth(), leads.table())

    let found = Self.scores(terms, outcomes: outcomes, probabilities: leads.probabilities)
    // Of 480 standard normal variables one in 30,000 such sets has one beyond 5.
    for score in found { #expect(abs(score.z) < 5, "\(score.name)") }
    let squares = found.reduce(0) { $0 + $1.z * $1.z } / Double(found.count)
    #expect(abs(squares - 1) < 5 * (2 / Double(found.count)).squareRoot())

    // The same test sees a truth that is off by a tenth in the logit.
    let shifted = leads.probabilities.map { 1 / (1 + exp(-(log($0 / (1 - $0)) + 0.1))) }
    let constant = Term(
      name: "one", coefficient: 0, values: Array(repeating: 1, count: leads.count))
    #expect(
      abs(Self.scores([constant], outcomes: outcomes, probabilities: leads.probabilities)[0].z) < 4)
    #expect(abs(Self.scores([constant], outcomes: outcomes, probabilities: shifted)[0].z) > 4)
  }

  @Test("the German truth is the English one under other names")
  func germanTruth() throws {
    let simulation = try LeadSimulation(seed: 11)
    let english = simulation.truth()
    let german = simulation.truth(german: true)
    #expect(german.numbers["Umsatz"] == english.numbers["annual_revenue"])
    #expect(german.levels["Land"]?["Österreich"] == english.levels["country"]?["Austria"])
    #expect(german.flags["Newsletter"] == english.flags["opted_in"])
    #expect(
      german.levels.values.map(\.count).sorted() == english.levels.values.map(\.count).sorted())
  }
}
