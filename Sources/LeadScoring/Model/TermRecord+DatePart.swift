import FeatureEncoding

extension TermRecord {
  /// The kind of terms that are parts of dates.
  static let datePartKind = "date part"

  mutating func setDatePart(
    _ encoding: DatePartEncoding, _ rest: inout ArraySlice<Coefficient>
  ) {
    kind = Self.datePartKind
    column = encoding.column
    part = encoding.part
    setLevels(encoding.category, &rest)
    missingRule = encoding.category.missingLeads > 0 ? "own coefficient" : "as the average lead"
    unseenRule = encoding.category.otherLeads > 0 ? "as other" : "as the average lead"
  }

  /// A part of a date; checked, as a file may hold anything.
  func datePartTerm() throws(ModelError) -> ModelTerm {
    let part = try value(part, "part")
    let records = try value(levels, "levels")
    var coefficients: [Coefficient] = []
    for record in records {
      guard part.names.contains(record.level) else {
        throw .invalid("\"\(record.level)\" of field \"\(field)\" is no \(part.rawValue)")
      }
      _ = try nonNegative(record.leads, "leads")
      coefficients.append(
        try finite(Coefficient(value: record.coefficient, standardError: record.standardError)))
    }
    guard Set(records.map(\.level)).count == records.count else {
      throw .invalid("the levels of field \"\(field)\" repeat; each may be there once")
    }
    for share in [other, missing].compactMap({ $0 }) {
      coefficients.append(try finite(share.estimate))
    }
    let encoding = DatePartEncoding(
      column: try value(column, "column"), part: part,
      category: CategoryEncoding(
        levels: records.map { CategoryEncoding.Level(name: $0.level, leads: $0.leads) },
        otherLeads: try leads(of: other), missingLeads: try leads(of: missing)))
    guard field == encoding.name else {
      throw .invalid("field \"\(field)\" must be called \"\(encoding.name)\"")
    }
    return ModelTerm(
      field: FieldEncoding(name: field, rule: .datePart(encoding)), coefficients: coefficients,
      average: try number(average, "average"))
  }
}
