import DataSources
import LeadScoring

/// Trains on a text, as the program does; lines, unless a test asks for another form.
enum Training {
  static func run(
    _ text: String, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LeadTraining {
    var options = TrainingOptions()
    options.name = "test"
    options.trained = "2026-11-23"
    options.form = .linear
    change(&options)
    return try LeadTraining(on: try MadeUpLeads.file(text), options: options)
  }

  static func model(
    _ text: String, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LeadModel {
    try run(text, change).model
  }
}

extension LeadModel {
  /// All coefficients, the intercept first.
  var allCoefficients: [Double] {
    [intercept.value] + terms.flatMap { $0.coefficients.map(\.value) }
  }

  /// All standard errors, the intercept's first.
  var allStandardErrors: [Double] {
    [intercept.standardError] + terms.flatMap { $0.coefficients.map(\.standardError) }
  }
}
