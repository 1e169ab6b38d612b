import FeatureEncoding
import LinearAlgebra
import Regression
import Tables

/// Penalties that their evidence has set on a sample of leads, and the pairs and parts of dates that were found there: for
/// fits of more leads, which then need no search of their own.
///
/// Strengths are variances of effects, and do not depend on how many leads there are.
struct FittedEvidence: Sendable {
  /// The penalties of a field's part, or of a pair's cells.
  private struct Part: Sendable {
    let field: String
    let part: TermPenalty.Part
    let term: EvidenceTerm
    let strengths: [Double]
    let telling: Double
    let coefficients: [Double]
  }

  private let parts: [Part]
  /// The names of each pair's fields.
  private let pairs: [(first: String, second: String)]
  private let dateParts: [(column: String, part: DatePartEncoding.Part)]
  private let encoder: FeatureEncoder
  private let intercept: Double

  /// The leads that they were set on.
  let leads: Int

  /// - Parameter coefficients: Those of the fit under the state's strengths.
  init(_ problem: LinearProblem, _ state: EvidenceState, coefficients: [Double]) {
    parts = EvidenceTerms(problem.encoder).names(with: problem).enumerated().map { index, name in
      Part(
        field: name.field, part: name.part, term: state.terms[index],
        strengths: state.strengths[index],
        telling: state.telling[index],
        coefficients: Array(coefficients[state.terms[index].columns]))
    }
    let fields = problem.encoder.fields
    pairs = problem.pairs.map { (fields[$0.first].name, fields[$0.second].name) }
    dateParts = fields.compactMap { field in
      if case .datePart(let encoding) = field.rule { (encoding.column, encoding.part) } else { nil }
    }
    encoder = problem.encoder
    intercept = coefficients[0]
    leads = problem.rows.rows.count
  }

  /// The problem of more leads, encoded by what these themselves teach, with the strengths and coefficients that are known.
  func state(
    _ set: TrainingSet, rows: LearningRows, form: ModelForm, options: TrainingOptions
  ) throws(TrainingError) -> (problem: LinearProblem, terms: EvidenceTerms, state: EvidenceState) {
    var problem = try LinearProblem(
      set, rows: rows, ridge: Judgement.defaultRidge, form: form, directions: options.directions)
    let found = dateParts.compactMap { column, part -> FieldEncoding? in
      guard case .date(let days)? = set.table[column]?.values else { return nil }
      return DatePartEncoding(
        column: column, part: part, days: days.rows(rows.rows), weights: rows.weights
      ).map { FieldEncoding(name: $0.name, rule: .datePart($0)) }
    }
    if !found.isEmpty { problem = try problem.adding(found, set) }
    let terms = EvidenceTerms(problem.encoder)
    let added = try pairs(of: problem, set, guessShare: terms.guessShare, seed: options.seed)
    problem = problem.adding(added.encodings, added.blocks)
    var coefficients = [Double](repeating: 0, count: problem.objective.design.columnCount)
    coefficients[0] = intercept
    let matched = zip(terms.names(with: problem), terms.entries.map(\.term) + added.terms).map {
      match($0.field, $0.part, $1, problem.encoder, coefficients: &coefficients)
    }
    return (
      problem, terms,
      EvidenceState(
        terms: matched.map(\.term), strengths: matched.map(\.strengths),
        telling: matched.map(\.telling), coefficients: coefficients)
    )
  }

  /// The pairs that were found, of which a field may not have groups among other leads.
  private func pairs(
    of problem: LinearProblem, _ set: TrainingSet, guessShare: Double, seed: UInt64
  ) throws(TrainingError) -> AddedPairs {
    guard !pairs.isEmpty else {
      return AddedPairs([], to: problem, coarse: [], codes: [], guessShare: guessShare)
    }
    let names = problem.encoder.fields.map(\.name)
    let chosen = pairs.compactMap { pair -> (first: Int, second: Int)? in
      guard let first = names.firstIndex(of: pair.first),
        let second = names.firstIndex(of: pair.second)
      else { return nil }
      return (min(first, second), max(first, second))
    }
    let (coarse, codes) = try problem.groups(
      set, sample: set.sample(of: problem.rows.rows, seed: seed))
    return AddedPairs(chosen, to: problem, coarse: coarse, codes: codes, guessShare: guessShare)
  }

  /// What is known of a term: as it was found, where its columns are as many, else its strengths alone.
  private func match(
    _ field: String, _ part: TermPenalty.Part, _ term: EvidenceTerm, _ encoder: FeatureEncoder,
    coefficients: inout [Double]
  ) -> (term: EvidenceTerm, strengths: [Double], telling: Double) {
    guard let known = parts.first(where: { $0.field == field && $0.part == part }),
      known.strengths.count == term.penalties.count
    else { return (term, term.guessedStrengths, term.guessedStrengths[0]) }
    // Levels are known by their names.
    if part == .levels, case .category(let new)? = encoder.fields.first(named: field)?.rule,
      case .category(let old)? = self.encoder.fields.first(named: field)?.rule
    {
      coefficients.replaceSubrange(term.columns, with: new.carrying(known.coefficients, of: old))
      return (term, known.strengths, known.telling)
    }
    guard known.term.isShaped(as: term) else { return (term, known.strengths, known.telling) }
    coefficients.replaceSubrange(term.columns, with: known.coefficients)
    return (known.term.moved(to: term.columns.lowerBound), known.strengths, known.telling)
  }
}

extension [FieldEncoding] {
  fileprivate func first(named name: String) -> FieldEncoding? { first { $0.name == name } }
}
