import Evaluation
import Foundation
import Testing

/// The reference results beside these tests.
enum References {
  static func load<Content: Decodable>(_ name: String) throws -> Content {
    let url = Bundle.module.bundleURL.appendingPathComponent("Fixtures/" + name)
    return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
  }
}

/// Tables of `statistics.json`: arguments, then the value.
struct StatisticsReference: Decodable {
  let normal: [[Double]]
  let normalQuantile: [[Double]]
  let student: [[Double]]
  let studentQuantile: [[Double]]
  let clopperPearson: [[Double]]
}

/// The cases of `metrics.json`.
struct MetricsReference: Decodable {
  let cases: [Case]

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let probabilities: [Double]
    let second: [Double]
    let outcomes: [Bool]
    let weights: [Double]
    let auc: Double
    let aucVariance: Double
    let aucZ: Double
    let aucP: Double
    let ks: Double
    let captured10: Double
    let captured20: Double
    let logLoss: Double
    let logLossError: Double
    let logLossLow: Double
    let baseRateLogLoss: Double
    let brier: Double
    let brierError: Double
    let calibration: [Double]
    let inTheLarge: [Double]
    let observedToExpected: Double
    let reliability: [[Double]]
    let ece: Double
    let logLossDifference: [Double]
    let brierDifference: [Double]
    let stability: Double

    var testDescription: String { name }

    /// The leads by the first model, and by the second.
    func leads() throws -> ScoredLeads {
      try ScoredLeads(probabilities: probabilities, outcomes: outcomes, weights: weights)
    }

    func secondLeads() throws -> ScoredLeads {
      try ScoredLeads(probabilities: second, outcomes: outcomes, weights: weights)
    }
  }

  static func all() throws -> [Case] {
    let reference: MetricsReference = try References.load("metrics.json")
    return reference.cases
  }
}
