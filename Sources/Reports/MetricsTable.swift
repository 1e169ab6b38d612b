import Evaluation

/// What was measured on leads, as lines for a terminal: each measure with its interval and its meaning.
struct MetricsTable {
  private let metrics: [(heading: String, metrics: Metrics)]
  private let bootstrap: Bootstrap?

  /// Sets measures side by side, under a heading each.
  init(_ metrics: [(heading: String, metrics: Metrics)]) {
    self.metrics = metrics
    bootstrap = nil
  }

  /// Sets one model's measures below each other, with those of a bootstrap where there was one.
  init(_ metrics: Metrics, _ bootstrap: Bootstrap?) {
    self.metrics = [("", metrics)]
    self.bootstrap = bootstrap
  }

  var lines: [String] {
    // Two columns of numbers leave no room for a third of words on a terminal of 100 characters.
    let hasHints = metrics.count == 1
    var table = TextTable(
      [("", .left)] + metrics.map { ($0.heading, .left) } + (hasHints ? [("", .left)] : []))
    func add(_ name: String, _ hint: String, _ cell: (Metrics) -> String) {
      table.add([name] + metrics.map { cell($0.metrics) } + (hasHints ? [hint] : []))
    }
    add("leads", "") { NumberText.leads($0.leads) }
    add("converted", "") {
      "\(NumberText.leads($0.converted)) (\(NumberText.percent($0.baseRate)))"
    }
    add("AUC", "0.5 is chance, 1 is perfect order") { Self.text($0.areaUnderCurve, 4) }
    if let bootstrap {
      let draws = NumberText.count(bootstrap.draws)
      add("... by bootstrap", "the middle 95 % of \(draws) draws of leads") { _ in
        Self.text(bootstrap.areaUnderCurve, 4)
      }
    }
    add("log loss", "nats a lead; lower is better") {
      Self.text($0.logLoss, 4)
    }
    if let bootstrap {
      add("... by bootstrap", "") { _ in Self.text(bootstrap.logLoss, 4) }
    }
    add("... by base rate", "log loss of giving every lead the base rate") {
      NumberText.fixed($0.baseRateLogLoss, 4)
    }
    add("Brier score", "lower is better") { Self.text($0.brier, 4) }
    add("calibration slope", "1 is right, below 1 too sure of itself") {
      Self.text($0.calibrationSlope, 3)
    }
    add("calibration intercept", "0 is right") { Self.text($0.calibrationIntercept, 3) }
    add("calibration error", "mean distance of predicted and observed rates") {
      NumberText.percent($0.expectedCalibrationError, 2)
    }
    add("KS", "largest distance of the classes' scores") {
      $0.kolmogorovSmirnov.map { NumberText.fixed($0, 4) } ?? "-"
    }
    add("lift at 10 %", "times the base rate in the best tenth") {
      Self.lift($0.lift10, $0.captured10)
    }
    add("lift at 20 %", "") { Self.lift($0.lift20, $0.captured20) }
    return table.lines
  }

  /// An estimate with its interval.
  static func text(_ estimate: Estimate?, _ decimals: Int) -> String {
    guard let estimate else { return "-" }
    let value = NumberText.fixed(estimate.value, decimals)
    guard let interval = estimate.interval else { return value }
    return value
      + " [\(NumberText.fixed(interval.low, decimals)), \(NumberText.fixed(interval.high, decimals))]"
  }

  private static func lift(_ lift: Double?, _ captured: Double?) -> String {
    guard let lift, let captured else { return "-" }
    return "\(NumberText.fixed(lift, 2)) (\(NumberText.percent(captured, 0)) of conversions)"
  }
}

/// Predicted and observed rates of bins of leads.
struct ReliabilityTable {
  private let rows: [Reliability.Row]

  init(_ metrics: Metrics) { rows = metrics.reliability }

  var lines: [String] {
    var table = TextTable([
      ("predicted", .right), ("observed", .right), ("95 % interval", .left), ("leads", .right),
      ("", .left),
    ])
    for row in rows {
      let isOutside = !row.interval.contains(row.predicted)
      table.add([
        NumberText.percent(row.predicted), NumberText.percent(row.observed),
        "\(NumberText.percent(row.interval.low)) to \(NumberText.percent(row.interval.high))",
        NumberText.leads(row.leads), isOutside ? "predicted lies outside" : "",
      ])
    }
    return table.lines
  }
}
