import Evaluation
import Tables

/// Tells a person what time does to a history: stand-ins for the date, a base rate that moved, dates not used.
struct TimeRemarks {
  /// A sentence each.
  let lines: [String]

  /// - Parameter check: What a shift by the newest leads does, where it was tested.
  init(
    _ set: TrainingSet, trial: TimeTrial, check: Recalibration.Check?, options: TrainingOptions
  ) {
    guard let order = set.order else {
      lines = Self.unusedDates(set)
      return
    }
    var lines = TimeStandIns(set, order: order, seed: options.seed).lines
    if let line = Self.newestFirst(set) { lines.append(line) }
    if options.recalibration == .none, let check,
      let line = Self.offer(trial, check: check)
    {
      lines.append(line)
    }
    self.lines = lines
  }

  /// Offers to move the intercept, where the newest leads show that it would help.
  private static func offer(_ trial: TimeTrial, check: Recalibration.Check) -> String? {
    guard check.helps, let split = trial.split, let recent = trial.recent else { return nil }
    func percent(_ rate: Double) -> String { decimal(100 * rate, 1) + " %" }
    return
      "\(percent(recent.rate)) of the leads from \(split.from) on converted, where a fit of older leads says "
      + "\(percent(recent.predictedRate)); --recalibrate recent moves the intercept to the newest leads' rate: "
      + "done at \(check.from)\(check.sampledLeads.map { " to a fit of a sample of \(grouped(Int($0))) leads" } ?? ""), "
      + "the log loss of the leads from there on would have gone from "
      + "\(decimal(check.logLossBefore, 4)) to \(decimal(check.logLossAfter, 4))"
  }

  /// Where rows are to be in order of time, but their dates run the other way.
  private static func newestFirst(_ set: TrainingSet) -> String? {
    guard set.isOrdered, let created = set.roles.created,
      case .date(let days)? = set.table[created]?.values
    else { return nil }
    let known = days.rows(set.rows).filter { !$0.isNaN }
    let half = known.count / 2
    guard half > 0 else { return nil }
    func mean(_ part: some Collection<Double>) -> Double {
      part.reduce(0, +) / Double(part.count)
    }
    guard mean(known.prefix(half)) > mean(known.suffix(half)) else { return nil }
    return
      "by \"\(created)\" the first rows are the newest, but --ordered takes them for the oldest: leave --ordered out, "
      + "or turn the rows round"
  }

  /// Where nothing tells the order in time, but a column might.
  private static func unusedDates(_ set: TrainingSet) -> [String] {
    let dates = set.features.filter { set.table[$0]?.kind == .date }
    guard !dates.isEmpty else { return [] }
    let (names, how) =
      dates.count == 1
      ? ("\"\(dates[0])\"", "say --created \"\(dates[0])\"")
      : ("one of \(listed(dates.map { "\"\($0)\"" }))", "name it with --created")
    return [
      "nothing tells when leads were created; if \(names) does, \(how): the form is then chosen and tested by time"
    ]
  }
}
