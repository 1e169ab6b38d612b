import Foundation
import Tables

/// Leads of many days, the oldest first, whose truth may change with time.
enum DatedLeads {
  /// How the columns of a text tell time.
  enum Time {
    /// By a date, which rises from row to row or every so many rows.
    case created(rowsADay: Int)
    /// By the order of the rows alone.
    case order
  }

  /// Leads with a number `x` from 0 to 6 and a word, as text.
  ///
  /// - Parameter logit: The logit of a lead by its number and its place in time, 0 to 1.
  static func text(
    rows: Int, time: Time, seed: UInt64 = 3, logit: (_ x: Double, _ time: Double) -> Double
  ) -> String {
    var random = SplitMix(state: seed)
    let dated = if case .created = time { true } else { false }
    var text = "x,source,outcome" + (dated ? ",created_at" : "") + "\n"
    for row in 0..<rows {
      let x = 6 * random.unit()
      let source = ["web", "fair", "call"][Int(3 * random.unit())]
      let eta = logit(x, Double(row) / Double(rows)) + (source == "fair" ? 0.5 : 0)
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      text += "\(String(format: "%.2f", x)),\(source),\(isWon ? "won" : "lost")"
      if case .created(let rowsADay) = time {
        text += ",\(CalendarDay.text(18_000 + Double(row / rowsADay)))"
      }
      text += "\n"
    }
    return text
  }

  /// A truth that is a line, and beside it, until the newest fifth, a wave.
  static func drifting(_ x: Double, _ time: Double) -> Double {
    0.6 * (x - 3) + (time < 0.8 ? 2.5 * sin(2 * x) : 0)
  }

  /// A truth that is a wave all the time.
  static func stable(_ x: Double, _: Double) -> Double { 2.5 * sin(2 * x) }

  /// A truth whose level rises in the newest fifth.
  static func rising(_ x: Double, _ time: Double) -> Double {
    0.6 * (x - 3) - 1 + (time < 0.8 ? 0 : 1.5)
  }
}
