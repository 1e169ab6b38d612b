import DataSources
import FeatureEncoding
import Regression

/// Why a history gives no model.
public enum TrainingError: Error, CustomStringConvertible {
  case outcome(OutcomeError)
  case role(RoleError)
  case noFeatures([LeftOutColumn])
  case encoding(EncodingError)
  case fit(FitError)
  case objective(ObjectiveError)
  case crossValidation(CrossValidationError)
  case plain(String)
  case model(ModelError)
  case tiers(TierError)
  /// A field that is asked for in a pair has no groups.
  case interaction(String)
  case validation(String)
  case recalibration(String)
  /// The history could not be read again.
  case source(SourceError)
  /// The encoded history could not be kept.
  case scratch(ScratchError)
  /// The fields have more levels than a fit has memory for.
  case tooManyCoefficients(Int, largest: [String], bytes: Int, available: Int)

  public var description: String {
    switch self {
    case .outcome(let error): error.description
    case .role(let error): error.description
    case .noFeatures(let leftOut):
      "no column is left to learn from: "
        + (leftOut.isEmpty
          ? "there is none but the outcome"
          : listed(leftOut.map { "\"\($0.name)\" (\($0.reason))" }))
    case .encoding(let error): error.description
    case .fit(let error): "the fit failed: \(error)"
    case .objective(let error): "the history cannot be fitted: \(error)"
    case .crossValidation(let error): "the cross-validation failed: \(error)"
    case .plain(let reason): reason
    case .model(let error): error.description
    case .tiers(let error): error.description
    case .interaction(let field):
      "\"\(field)\" can have no effect together with another column (--interaction): its values do not "
        + "differ, or it is no number, date, category or flag"
    case .validation(let reason): reason
    case .recalibration(let reason): reason
    case .source(let error): error.description
    case .scratch(let error): error.description
    case .tooManyCoefficients(let count, let largest, let bytes, let available):
      """
      a fit of \(count) coefficients takes about \(FitMemory.text(bytes)) of memory, and this machine has \
      \(FitMemory.text(available)): leave out a column of very many levels (--exclude); most have \(listed(largest))
      """
    }
  }
}

extension TrainingError {
  /// Why passes over a history gave no fit.
  init(_ error: PassError<TrainingError>) {
    switch error {
    case .fit(let error): self = .fit(error)
    case .pass(let error): self = error
    }
  }
}
