import Evaluation
import LeadScoring

/// How well a model foretells leads that its fit had not seen.
struct ValidationTable {
  private let validation: Validation

  init(_ validation: Validation) { self.validation = validation }

  var lines: [String] {
    var columns: [(heading: String, metrics: Metrics)] = []
    if let time = validation.time {
      columns.append(("newest 20 %, from \(time.testFrom)", time.metrics))
    }
    if let folds = validation.folds { columns.append(("\(folds.count)-fold", folds.metrics)) }
    guard let main = columns.first else { return ["Not validated"] + remarks }
    var lines = ["Out of sample: leads that the fit had not seen"] + MetricsTable(columns).lines
    if let time = validation.time {
      lines.append(
        "  the base rate moved from \(NumberText.percent(time.trainingRate)) before \(time.testFrom) to "
          + "\(NumberText.percent(time.metrics.baseRate)) after")
    }
    lines += ["", "Reliability (\(main.heading))"] + ReliabilityTable(main.metrics).lines
    return lines + remarks
  }

  private var remarks: [String] {
    let all =
      validation.remarks + (validation.time?.metrics.notes ?? [])
      + (validation.folds?.metrics.notes ?? [])
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }.flatMap { Paragraph.lines("  note: ", $0) }
  }
}
