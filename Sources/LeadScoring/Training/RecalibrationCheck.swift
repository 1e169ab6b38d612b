import Evaluation

extension Recalibration.Check {
  /// Does to the leads before the later half of the newest ones what a recalibration does to all, and judges it
  /// on that half.
  ///
  /// A fit that has seen the newest leads has already followed them a part of the way; so the shift of a fit
  /// that has not would promise too much. Of very many leads a sample is fitted: both losses are of the same fit.
  ///
  /// - Returns: Nil where the newest leads cannot be halved, or those before the later half lack an outcome.
  init?(
    _ set: TrainingSet, split: TimeSplit, form: ModelForm, penalty: PenaltyRecord?,
    from lines: FittedLines?, carrying evidence: FittedEvidence?, options: TrainingOptions
  ) throws(TrainingError) {
    guard let order = set.order,
      let halves = TimeSplit(order, positions: split.newest, weights: set.weights, share: 0.5),
      let recent = TimeSplit(
        order, positions: (split.older + halves.older).sorted(), weights: set.weights,
        share: Judgement.testShare)
    else { return nil }
    let (shown, later) = (set.keeping(recent.newest), set.keeping(halves.newest))
    guard shown.hasBothOutcomes else { return nil }
    let seen = set.keeping((recent.older + recent.newest).sorted())
    let sample = set.fewer(of: seen, size: options.checkedLeads, options: options)
    let fitted = try FormFit(
      set, older: sample ?? seen, form: form, options: options, penalty: penalty, from: lines,
      carrying: evidence)
    let eta = fitted.logits(of: set.table, rows: shown.rows + later.rows)
    let shift = RecentShift(eta: Array(eta.prefix(shown.rows.count)), leads: shown).shift
    let unmoved = Array(eta.dropFirst(shown.rows.count))
    let (outcomes, weights) = (later.outcomes.map { $0 == 1 }, later.caseWeights)
    do throws(EvaluationError) {
      let before = try ScoredLeads(
        linearPredictors: unmoved, outcomes: outcomes, weights: weights)
      let after = try ScoredLeads(
        linearPredictors: unmoved.map { $0 + shift }, outcomes: outcomes, weights: weights)
      let change = LossDifference.logLoss(try PairedLeads(after, before)).difference
      self.init(
        from: halves.from, leads: later.leads, sampledLeads: sample?.leads, shift: shift,
        logLossBefore: Losses.logLoss(before).value, logLossAfter: Losses.logLoss(after).value,
        difference: change.value, standardError: change.standardError ?? 0)
    } catch { throw .recalibration("the recalibration cannot be tested: \(error)") }
  }

  /// Whether the shift makes leads to come foretold better by more than one standard error.
  var helps: Bool { difference < -standardError }
}

extension TimeTrial {
  /// How many standard errors the newest leads' rate is off before a shift is looked into.
  static let suspiciousDistance = 2.0

  /// What a shift does, where it is asked for or the newest leads are foretold at another rate than theirs.
  func shiftCheck(
    _ set: TrainingSet, options: TrainingOptions
  ) throws(TrainingError) -> Recalibration.Check? {
    guard let split, let recent else { return nil }
    let isAsked = options.recalibration == .recent
    let isMeasured = options.validation == .automatic || options.validation == .time
    guard isAsked || isMeasured && abs(recent.distance) > Self.suspiciousDistance else {
      return nil
    }
    return try Recalibration.Check(
      set, split: split, form: form, penalty: penalty, from: lines, carrying: evidence,
      options: options)
  }
}
