/// Where each field's coefficients are among the columns of a design matrix.
///
/// Column 0 is the intercept; then the lines of all numbers and dates; then the marks of flags and missing values; then the
/// knots of all curves; then the levels of each field; then the words and entries of each.
public struct DesignLayout: Sendable {
  /// The columns of each field by its parts.
  private let columns: [[Range<Int>]]

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

  /// The columns of a part of a field.
  public subscript(field: Int, part: FieldEncoding.Part) -> Range<Int> {
    columns[field][part.rawValue]
  }

  /// The columns of a field, in the order of its coefficients.
  public func columns(of field: Int) -> [Int] { columns[field].flatMap { Array($0) } }

  /// The values of a field's coefficients among those of all columns.
  public func values<Value>(of field: Int, in all: [Value]) -> [Value] {
    columns[field].flatMap { all[$0] }
  }
}

extension FieldEncoding {
  /// The parts of a field, by the blocks of the design matrix that they are in.
  public enum Part: Int, CaseIterable, Sendable { case line, marks, knots, levels, sets }

  /// The number of coefficients in a part.
  public func coefficientCount(of part: Part) -> Int {
    switch (rule, part) {
    case (.numeric(let line), .line), (.date(let line), .line): line.varies ? 1 : 0
    case (.numeric(let line), .marks), (.date(let line), .marks): line.hasMissing ? 1 : 0
    case (.flag, .marks): coefficientCount
    case (.category, .levels), (.datePart, .levels), (.list, .sets): coefficientCount
    case (.words(let encoding), .levels): encoding.category.coefficientCount
    case (.words(let encoding), .sets): encoding.words.count
    case (.curve(let encoding), .line), (.dateCurve(let encoding), .line):
      encoding.line.varies ? 1 : 0
    case (.curve(let encoding), .marks), (.dateCurve(let encoding), .marks):
      encoding.line.hasMissing ? 1 : 0
    case (.curve(let encoding), .knots), (.dateCurve(let encoding), .knots): encoding.knots.count
    case (.curve(let encoding), .levels), (.dateCurve(let encoding), .levels):
      encoding.levels.count
    default: 0
    }
  }
}
