import Evaluation
import Regression
import Tables

/// The shift of an intercept that makes the mean probability of leads the share of them that converted.
struct RecentShift: Sendable {
  /// What to add to every logit.
  let shift: Double

  /// The mean probability before.
  let predictedRate: Double

  /// The share that converted.
  let rate: Double

  /// How far the rate is from the mean probability, in standard errors of a rate of such leads.
  let distance: Double

  /// Newton's method between borders that close in; the mean probability rises with the shift.
  ///
  /// - Precondition: Both outcomes occur.
  init(eta: [Double], leads: LearningRows) {
    precondition(leads.hasBothOutcomes, "a rate of 0 or 1 asks for an endless shift")
    let total = leads.leads
    let rate = leads.rate
    func mean(_ shift: Double) -> (rate: Double, slope: Double) {
      var (sum, slope) = (0.0, 0.0)
      for (probability, weight) in zip(
        LogisticLoss.probabilities(eta, shift: shift), leads.weights)
      {
        sum += weight * probability
        slope += weight * probability * (1 - probability)
      }
      return (sum / total, slope / total)
    }
    let before = mean(0)
    // With all logits beyond these the mean probability is beyond any rate of both outcomes.
    let farthest = eta.reduce(0) { max($0, abs($1)) } + 800
    var (low, high) = (-farthest, farthest)
    var shift = 0.0
    for _ in 0..<200 {
      let (found, slope) = mean(shift)
      if abs(found - rate) <= 1e-14 { break }
      if found < rate { low = shift } else { high = shift }
      let step = shift + (rate - found) / slope
      let next = step > low && step < high ? step : (low + high) / 2
      if next == shift { break }
      shift = next
    }
    self.shift = shift
    self.rate = rate
    predictedRate = before.rate
    distance = (rate - before.rate) / max(before.slope / total, 1e-300).squareRoot()
  }
}

extension Recalibration {
  /// Moves the intercept of a fit of all leads to the newest ones.
  ///
  /// - Parameters:
  ///   - scorer: Gives the logits of the fit, digit by digit as the model does.
  /// - Throws: `TrainingError.recalibration` where nothing tells which leads are the newest.
  init(
    _ set: TrainingSet, _ trial: TimeTrial, scorer: LogitScorer, terms: [ModelTerm], check: Check?
  ) throws(TrainingError) {
    guard let split = trial.split else { throw .recalibration(Self.needs) }
    let newest = set.keeping(split.newest)
    let eta = scorer.logits(of: set.table, rows: newest.rows, terms: terms)
    let recent = RecentShift(eta: eta, leads: newest)
    self.init(
      shift: recent.shift, from: split.from, leads: newest.leads,
      predictedRate: recent.predictedRate, rate: recent.rate, check: check)
  }

  private static let needs =
    "--recalibrate recent needs a date of creation (--created COLUMN) or rows in order of time (--ordered), "
    + "and both outcomes among the oldest 80 % and the newest 20 % of leads"
}
