import FeatureEncoding
import Parallelism

/// What a fit holds at its peak besides the leads: matrices whose size is that of the coefficients, squared.
///
/// The levels of the largest field cost little, since their part of the Hessian is diagonal: with k of them and q other
/// coefficients a fit holds six matrices of q x q, while a Hessian and its factor are computed beside the last ones, and
/// two of q x k. Measured: 4.1 GB at q = 9,000.
struct FitMemory: Sendable {
  /// Each field with its coefficients, the largest first.
  private let fields: [(name: String, count: Int)]
  private let coefficients: Int
  /// The bytes at the peak.
  let bytes: Int
  /// Whether two fields have more joint levels than their table can number.
  private let hasTooManyCells: Bool

  init(_ encoder: FeatureEncoder) {
    coefficients = encoder.layout.count
    let levels = encoder.fields.map { $0.coefficientCount(of: .levels) }.sorted(by: >)
    let largest = levels.first ?? 0
    let others = coefficients - largest
    bytes = 8 * (6 * others * others + 2 * others * largest)
    hasTooManyCells = levels.count > 1 && (levels[0] + 1) * (levels[1] + 1) > Int(UInt32.max)
    fields = encoder.fields.map { ($0.name, $0.coefficientCount) }.sorted {
      ($1.count, $0.name) < ($0.count, $1.name)
    }
  }

  /// Refuses a fit that would need more memory than there is.
  func check(available: Int = MachineMemory.bytes) throws(TrainingError) {
    guard bytes > available || hasTooManyCells else { return }
    throw .tooManyCoefficients(
      coefficients, largest: Array(fields.prefix(2).map { "\"\($0.name)\" (\($0.count))" }),
      bytes: bytes, available: available)
  }

  /// An amount of memory in words.
  static func text(_ bytes: Int) -> String { "\(max(1, (bytes + 500_000_000) / 1_000_000_000)) GB" }
}
