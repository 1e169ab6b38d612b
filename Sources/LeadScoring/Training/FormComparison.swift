import Evaluation
import Parallelism

/// Forms by what they say of the same leads, which none of their fits has seen.
///
/// Chosen is the simplest form whose log loss is within one standard error of the lowest (Breiman, Friedman,
/// Olshen and Stone, *Classification and Regression Trees*, 3.4.3; here the error is that of the lead-wise
/// difference, which two forms share much of their error in).
struct FormComparison: Sendable {
  /// The forms, the simplest first, each against the best.
  let candidates: [FormChoice.Candidate]

  /// The places of the form with the lowest log loss, and of the chosen one.
  let best, chosen: Int

  /// Compares forms.
  ///
  /// - Parameter tests: The forms, the simplest first, with the same leads in the same order.
  /// - Precondition: There is a form.
  init(_ tests: [(form: ModelForm, leads: ScoredLeads)]) throws(EvaluationError) {
    precondition(!tests.isEmpty, "there is a form")
    let losses = Parallel.map(tests.count) { Losses.logLoss(tests[$0].leads).value }
    var best = 0
    for place in losses.indices where losses[place] < losses[best] { best = place }
    let lowest = best
    let candidates = try Parallel.map(tests.count) {
      place throws(EvaluationError) -> FormChoice.Candidate in
      var (difference, error) = (0.0, 0.0)
      if place != lowest {
        let paired = try PairedLeads(tests[place].leads, tests[lowest].leads)
        let estimate = LossDifference.logLoss(paired).difference
        (difference, error) = (estimate.value, estimate.standardError ?? 0)
      }
      return FormChoice.Candidate(
        form: tests[place].form, logLoss: losses[place], difference: difference,
        standardError: error)
    }
    self.best = best
    self.candidates = candidates
    chosen = candidates.firstIndex { $0.difference <= $0.standardError } ?? best
  }

  /// Why the form was chosen.
  var reason: String {
    if chosen != best {
      return
        "the simplest form whose log loss on the newest leads is within one standard error of the best, "
        + candidates[best].form.rawValue
    }
    return chosen == 0
      ? "it foretells the newest leads best, and no form is simpler"
      : "it foretells the newest leads best, and simpler forms are worse by more than one standard error"
  }
}
