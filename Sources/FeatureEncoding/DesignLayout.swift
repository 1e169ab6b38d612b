/// Where each field's coefficients are among the columns of a design matrix.
///
/// Column 0 is the intercept; then the dense columns of all numbers, dates and flags; then the knots of
/// all curves; then the levels of each field; then the words and entries of each.
public struct DesignLayout: Sendable {
  /// The columns of each field, in the order of its coefficients: dense ones, knots, levels, sets.
  public let columns: [[Range<Int>]]

  /// The number of coefficients, with the intercept.
  public let count: Int

  init(_ fields: [FieldEncoding]) {
    var columns = [[Range<Int>]](repeating: [], count: fields.count)
    var next = 1
    for part in FieldEncoding.Part.allCases {
      for (index, field) in fields.enumerated() {
        let size = field.coefficientCount(of: part)
        columns[index].append(next..<next + size)
        next += size
      }
    }
    self.columns = columns
    count = next
  }

  /// The values of a field's coefficients among those of all columns.
  public func values<Value>(of field: Int, in all: [Value]) -> [Value] {
    columns[field].flatMap { all[$0] }
  }

  /// The first coefficient of each field.
  public var offsets: [Int] {
    columns.map { $0.first { !$0.isEmpty }?.lowerBound ?? 0 }
  }
}

extension FieldEncoding {
  /// The parts of a field, by the blocks of the design matrix that they are in.
  public enum Part: CaseIterable, Sendable { case dense, knots, levels, sets }

  /// The number of coefficients in a part.
  public func coefficientCount(of part: Part) -> Int {
    switch (rule, part) {
    case (.numeric, .dense), (.date, .dense), (.flag, .dense): coefficientCount
    case (.category, .levels), (.datePart, .levels), (.list, .sets): coefficientCount
    case (.words(let encoding), .levels): encoding.category.coefficientCount
    case (.words(let encoding), .sets): encoding.words.count
    case (.curve(let encoding), .dense), (.dateCurve(let encoding), .dense): encoding.denseCount
    case (.curve(let encoding), .knots), (.dateCurve(let encoding), .knots): encoding.knots.count
    case (.curve(let encoding), .levels), (.dateCurve(let encoding), .levels):
      encoding.levels.count
    default: 0
    }
  }
}
