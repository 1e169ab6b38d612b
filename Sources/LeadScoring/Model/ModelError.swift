import StrictJSON

/// Why a file is not a model that this program can use.
public enum ModelError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case tooLarge(path: String, bytes: Int, most: Int)
  case malformed(path: String, JSONError)
  case notAModel(path: String)
  case newerVersion(path: String, version: Int, known: Int)
  case wrongShape(path: String, reason: String)
  case invalid(String)
  case goldenLead(path: String, number: Int, expected: Double, found: Double)
  case goldenProbability(path: String, number: Int, expected: Double, found: Double)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "the model file \(path) cannot be read: \(reason)"
    case .tooLarge(let path, let bytes, let most):
      "the model file \(path) has \(bytes) bytes; a model has at most \(most)"
    case .malformed(let path, let error): "the model file \(path) is not JSON: \(error)"
    case .notAModel(let path):
      "\(path) is JSON, but not a Winnow model: it lacks \"format\": {\"name\": \"winnow-model\"}"
    case .newerVersion(let path, let version, let known):
      "\(path) is a model of format version \(version), but this program knows versions up to \(known); "
        + "use a newer winnow"
    case .wrongShape(let path, let reason): "the model file \(path) is damaged: \(reason)"
    case .invalid(let reason): "the model is not valid: \(reason)"
    case .goldenLead(let path, let number, let expected, let found):
      "the model file \(path) contradicts itself: its golden lead \(number) has the logit "
        + "\(shortest(expected)), but its terms give \(shortest(found)); were coefficients changed by hand?"
    case .goldenProbability(let path, let number, let expected, let found):
      "the model file \(path) contradicts itself: its golden lead \(number) has the probability "
        + "\(shortest(expected)), but its logit gives \(shortest(found))"
    }
  }
}
