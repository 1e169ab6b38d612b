import Foundation
import LinearAlgebra
import Testing

@testable import Regression

/// Reference results in 40-digit arithmetic; see `Fixtures/make_references.py`.
struct References: Decodable {
  struct Plain: Decodable, CustomTestStringConvertible {
    let name: String
    let names: [String]
    let columns: [[Double]]
    let outcomes: [Double]
    let weights: [Double]?
    let estimates, standardErrors, z, p, low, high: [Double]
    let covariance: [[Double]]
    let logLikelihood, residualDeviance, nullDeviance, aic: Double
    var testDescription: String { name }
  }

  struct Ridge: Decodable, CustomTestStringConvertible {
    let name: String
    let columns: [[Double]]
    let outcomes: [Double]
    let weights: [Double]?
    let strength: Double
    let coefficients, standardErrors: [Double]
    let objective, effectiveParameters: Double
    var testDescription: String { name }
  }

  struct Net: Decodable, CustomTestStringConvertible {
    let name: String
    let columns: [[Double]]
    let outcomes: [Double]
    let strength, mixing: Double
    let intercept: Bool
    let coefficients: [Double]
    let objective: Double
    var testDescription: String { name }
  }

  let loss: [[Double]]
  let normal: [[Double]]
  let plain: [Plain]
  let ridge: [Ridge]
  let net: [Net]

  static let all = fixture("references.json", as: References.self)
}

/// A file of this room's `Fixtures`.
func fixture<Value: Decodable>(_ name: String, as type: Value.Type) -> Value {
  do {
    return try JSONDecoder().decode(type, from: Data(contentsOf: fixtureURL(name)))
  } catch {
    preconditionFailure("\(name) is not what its script writes: \(error)")
  }
}

func fixtureURL(_ name: String) -> URL {
  Bundle.module.bundleURL.appendingPathComponent("Fixtures/\(name)")
}
