import Foundation
import Tables

@testable import LeadScoring

/// Leads whose odds hang on pairs of columns: two numbers, a number and a category, two flags.
enum PlantedPairs {
  /// What a pair of columns adds to a lead's logit; none of it is what one column says alone.
  static func numbers(_ width: Double, _ height: Double) -> Double {
    (width > 5) == (height > 5) ? 1.2 : -1.2
  }

  static func numberAndWord(_ days: Double, _ source: String) -> Double {
    source == "web" ? 0 : (days - 50) / 50 * (source == "fair" ? 1.5 : -1.5)
  }

  static func flags(_ asked: Bool, _ called: Bool) -> Double { asked == called ? 0.9 : -0.9 }

  /// - Parameters:
  ///   - level: The logit of an average lead.
  ///   - isWeighted: Whether there is a column of weights of 1, 2 and 3.
  static func history(
    rows: Int, seed: UInt64, level: Double = -0.4, isWeighted: Bool = false
  ) -> String {
    var random = SplitMix(state: seed)
    var text =
      "width,height,days,source,asked,called,noise,outcome" + (isWeighted ? ",copies\n" : "\n")
    for row in 0..<rows {
      let width = (1000 * random.unit()).rounded() / 100
      let height = (1000 * random.unit()).rounded() / 100
      let days = (100 * random.unit()).rounded()
      let source = ["web", "fair", "call"][Int(3 * random.unit())]
      let (asked, called) = (random.unit() < 0.5, random.unit() < 0.4)
      let noise = (100 * random.unit()).rounded() / 10
      var eta = level + numbers(width, height)
      eta += numberAndWord(days, source) + flags(asked, called)
      eta += 0.08 * (noise - 5) + (asked ? 0.3 : 0)
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      let isMissing = random.unit() < 0.06
      let cells = [
        isMissing ? "" : String(format: "%.2f", width), String(format: "%.2f", height),
        "\(Int(days))", source, asked ? "yes" : "no", called ? "yes" : "no",
        String(format: "%.1f", noise), isWon ? "won" : "lost",
      ]
      text += cells.joined(separator: ",") + (isWeighted ? ",\(1 + row % 3)\n" : "\n")
    }
    return text
  }

  static let text = history(rows: 5000, seed: 11)

  /// The training that tests share: it takes a while.
  static let shared = Result { try train(text) { $0.validation = .folds } }

  static func train(
    _ text: String, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LeadTraining {
    try Training.run(text) {
      $0.form = .pairs
      $0.validation = .none
      change(&$0)
    }
  }

  /// Leads of five columns none of which says anything beyond itself.
  static func additive(rows: Int, seed: UInt64) -> String {
    var random = SplitMix(state: seed)
    var text = "age,size,source,asked,pages,outcome\n"
    for _ in 0..<rows {
      let age = (20 + 50 * random.unit()).rounded()
      let size = (1000 * random.unit() * random.unit()).rounded()
      let source = ["web", "fair", "call", "mail", "ad"][Int(5 * random.unit() * random.unit())]
      let asked = random.unit() < 0.3
      let pages = Int(-5 * log(1 - random.unit()))
      let eta =
        -0.9 + sin(age / 10) + (source == "fair" ? 0.7 : 0) + (asked ? 0.6 : 0)
        + 0.1 * Double(min(pages, 8))
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      let cells = [
        "\(Int(age))", "\(Int(size))", source, asked ? "yes" : "no", "\(pages)",
        isWon ? "won" : "lost",
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }
}

extension LeadModel {
  /// All coefficients, those of pairs last.
  var allWithPairs: [Double] {
    allCoefficients + pairs.flatMap { $0.coefficients.map(\.value) }
  }

  /// All standard errors, those of pairs last.
  var allErrorsWithPairs: [Double] {
    allStandardErrors + pairs.flatMap { $0.coefficients.map(\.standardError) }
  }
}
