import Evaluation
import Tables

/// What the newest leads say: which form is to be fitted, and how well it foretells them.
struct TimeTrial: Sendable {
  /// The form to fit.
  let form: ModelForm

  /// How it was chosen; nil where it is given.
  let choice: FormChoice?

  /// The older and the newest leads; nil where they cannot be parted, or nobody asked.
  let split: TimeSplit?

  /// The test of the chosen form; nil where there is none.
  let test: TimeTest?

  /// The penalty of lines, where it is given, or a sample of older leads chose it: the one that more leads would choose.
  let penalty: PenaltyRecord?

  /// The lines that were fitted to the older leads, where these are to be fitted.
  let lines: FittedLines?

  /// The penalties of curves and pairs that a sample of older leads has set: those that more leads would set.
  let evidence: FittedEvidence?

  /// How far the newest leads' rate is from what that test says; nil where there is none.
  let recent: RecentShift?

  /// The older leads, and the share of them that converted.
  private let older: (leads: Double, rate: Double)?

  /// The test as a validation has it: its measures are taken here.
  var validation: Validation.ByTime? {
    guard let split, let test, let older else { return nil }
    return Validation.ByTime(
      testFrom: split.from, trainingLeads: older.leads, trainingRate: older.rate,
      metrics: Metrics(test.scored))
  }

  /// Tests forms where leads have an order of time.
  ///
  /// - Parameters:
  ///   - needsTest: Whether the test is wanted though there is nothing to choose.
  init(
    _ set: TrainingSet, options: TrainingOptions, needsTest: Bool, remarks: inout [String],
    progress: (String) -> Void
  ) throws(TrainingError) {
    let forms = options.candidateForms
    let richest = forms[forms.count - 1]
    let isChosen = options.form == nil
    var found: TimeSplit?
    var order: TimeOrder?
    if needsTest || forms.count > 1 {
      order = set.order
      if let order { found = Self.split(set, order, remarks: &remarks) }
    }
    guard let found, needsTest || forms.count > 1 else {
      form = richest
      let reason =
        options.ridge != nil
        ? FormChoice.penaltyReason
        : order == nil ? FormChoice.timelessReason : FormChoice.untestedReason
      choice = isChosen ? FormChoice(reason: reason) : nil
      penalty = options.penalty
      (split, test, lines, evidence, recent, self.older) = (nil, nil, nil, nil, nil, nil)
      return
    }
    split = found
    let (older, newest) = (set.keeping(found.older), set.keeping(found.newest))
    // One form needs no comparison, and so no sample.
    let sample =
      forms.count > 1 ? set.fewer(of: older, size: options.comparedLeads, options: options) : nil
    var tests: [TimeTest] = []
    var last: FormFit?
    var lines: FittedLines?
    var evidence: [ModelForm: FittedEvidence] = [:]
    var linesSuffice = false
    for form in forms where !linesSuffice {
      progress("testing \(form.rawValue) by time")
      // Each with an encoder and a penalty of its own, learned from the older leads alone.
      let fitted = try FormFit(
        set, older: sample ?? older, form: form, options: options, penalty: options.penalty,
        after: last)
      tests.append(try TimeTest(set, split: found, fitted))
      last = fitted
      if form == .linear { lines = fitted.lines }
      // What a person asks of pairs and curves is of all leads, and some of it may not be in a sample.
      if sample != nil, options.interactions.isEmpty, options.directions.isEmpty {
        evidence[form] = fitted.evidence
      }
      // Of so many leads what is worth a richer form shows at the fit of lines.
      if sample != nil, form == .linear, form != richest {
        linesSuffice = try !LackOfFit(fitted, set, options: options).isFound
      }
    }
    last = nil
    let comparison: FormComparison
    do throws(EvaluationError) {
      comparison = try FormComparison(tests.map { ($0.form, $0.scored) })
    } catch { throw .validation("the forms cannot be compared: \(error)") }
    var chosen = tests[comparison.chosen]
    form = chosen.form
    penalty = sample == nil || form.hasCurves ? options.penalty : chosen.penalty
    if sample != nil, needsTest {
      progress("testing \(form.rawValue) by time, with all older leads")
      let fitted = try FormFit(
        set, older: older, form: form, options: options, penalty: penalty, from: lines,
        carrying: evidence[form])
      lines = fitted.lines
      chosen = try TimeTest(set, split: found, fitted)
    }
    self.lines = form.hasCurves ? nil : lines
    self.evidence = evidence[form]
    test = chosen
    recent = RecentShift(eta: chosen.eta, leads: newest)
    self.older = (older.leads, older.rate)
    guard isChosen else {
      choice = nil
      return
    }
    choice =
      forms.count == 1
      ? FormChoice(reason: FormChoice.penaltyReason)
      : FormChoice(
        reason: linesSuffice ? FormChoice.linesReason : comparison.reason,
        newest: FormChoice.Newest(
          from: found.from, leads: newest.leads, rate: newest.rate, olderLeads: older.leads,
          olderRate: older.rate, sampledLeads: sample?.leads, forms: comparison.candidates))
  }

  /// The newest fifth of leads and the older ones; nil, with a remark, where a part would lack an outcome.
  private static func split(
    _ set: TrainingSet, _ order: TimeOrder, remarks: inout [String]
  ) -> TimeSplit? {
    guard
      let split = TimeSplit(
        order, positions: Array(set.rows.indices), weights: set.weights,
        share: Judgement.testShare)
    else {
      remarks.append(order.cannotPart)
      return nil
    }
    for (positions, isNewest) in [(split.older, false), (split.newest, true)]
    where !set.keeping(positions).hasBothOutcomes {
      remarks.append(
        "there is no test by time: \(order.leads(before: split.from, isNewest: isNewest)) have one outcome only"
      )
      return nil
    }
    return split
  }
}

extension TrainingOptions {
  /// The forms to choose from, the simplest first; never `plain`.
  ///
  /// A given penalty is one for all coefficients, which only lines have; only forms of curves have pairs and directions.
  var candidateForms: [ModelForm] {
    if let form { return [form] }
    guard ridge == nil else { return [.linear] }
    return interactions.isEmpty && directions.isEmpty
      ? ModelForm.ladder : ModelForm.ladder.filter { $0.hasCurves }
  }
}

extension LearningRows {
  /// The sum of the weights.
  var leads: Double { weights.reduce(0, +) }

  /// The share of leads that converted.
  var rate: Double { zip(weights, outcomes).reduce(0) { $0 + $1.0 * $1.1 } / leads }
}
