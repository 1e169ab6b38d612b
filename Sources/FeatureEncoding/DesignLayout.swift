/// Where each field's coefficients are among the columns of a design matrix.
///
/// Column 0 is the intercept; then the dense columns of all numbers, dates and flags; then the levels
/// of each category.
public struct DesignLayout: Sendable {
  /// The first coefficient of each field.
  public let offsets: [Int]

  /// The number of coefficients, with the intercept.
  public let count: Int

  init(_ fields: [FieldEncoding]) {
    var offsets = [Int](repeating: 0, count: fields.count)
    var next = 1
    for dense in [true, false] {
      for (index, field) in fields.enumerated() where field.isDense == dense {
        offsets[index] = next
        next += field.coefficientCount
      }
    }
    self.offsets = offsets
    count = next
  }
}

extension FieldEncoding {
  /// Whether the field's columns are in the dense block.
  var isDense: Bool {
    if case .category = rule { false } else { true }
  }
}
