/// A coefficient that differs between two models.
public struct CoefficientChange: Codable, Equatable, Sendable {
  /// The field, and the level or unit; of a pair both, as in `a & b` and `x & y`.
  public let field, value: String

  /// The coefficient in each model, in logits; nil where a model has none.
  public let current, candidate: Double?

  /// The difference in standard errors of both; nil where a model has none.
  public let z: Double?

  /// All coefficients of two models that differ, the largest differences first.
  ///
  /// Levels are taken against the mean of their field, since only differences within a field mean
  /// anything: the intercept takes up the rest.
  static func all(from current: LeadModel, to candidate: LeadModel) -> [CoefficientChange] {
    let before = Entry.all(of: current)
    let after = Entry.all(of: candidate)
    let beforeByKey = Dictionary(before.map { ($0.key, $0) }) { first, _ in first }
    let afterByKey = Dictionary(after.map { ($0.key, $0) }) { first, _ in first }
    let named = before + after.filter { beforeByKey[$0.key] == nil }
    return named.map { entry -> CoefficientChange in
      let (old, new) = (beforeByKey[entry.key], afterByKey[entry.key])
      var z: Double?
      if let old, let new {
        let error = (old.standardError * old.standardError + new.standardError * new.standardError)
          .squareRoot()
        if error > 0 { z = (new.value - old.value) / error }
      }
      return CoefficientChange(
        field: entry.field, value: entry.label, current: old?.value, candidate: new?.value, z: z)
    }.filter { $0.current != $0.candidate }.enumerated()
      .sorted { ($0.element.size, -$0.offset) > ($1.element.size, -$1.offset) }.map(\.element)
  }

  /// How far the coefficient moved, in logits; one that came or went moved from or to 0.
  var size: Double { abs((candidate ?? 0) - (current ?? 0)) }

  /// What two models' coefficients must have in common to be one; of a pair in whatever order.
  private struct Key: Hashable {
    let fields: [String]
    let labels: [String]

    init(_ cells: (field: String, label: String)...) {
      let sorted = cells.sorted { $0.field < $1.field }
      fields = sorted.map(\.field)
      labels = sorted.map(\.label)
    }
  }

  private struct Entry {
    let key: Key
    let field: String
    let label: String
    let value: Double
    let standardError: Double

    static func all(of model: LeadModel) -> [Entry] {
      model.terms.flatMap { term in
        term.rows.map { row in
          Entry(
            key: Key((term.name, row.label)), field: term.name, label: row.label,
            value: row.coefficient.value - term.origin,
            standardError: row.coefficient.standardError)
        }
      }
        + model.pairs.flatMap { pair in
          pair.cells.map { cell in
            Entry(
              key: Key((pair.first.field, cell.first), (pair.second.field, cell.second)),
              field: pair.name, label: PairTerm.name(cell.first, cell.second),
              value: cell.coefficient.value, standardError: cell.coefficient.standardError)
          }
        }
    }
  }
}
