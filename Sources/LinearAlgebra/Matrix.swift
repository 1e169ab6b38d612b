/// A dense matrix of doubles, stored column after column.
public struct Matrix: Sendable, Equatable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The elements, column after column: that of row `i`, column `j` is at `j * rows + i`.
  public internal(set) var elements: [Double]

  /// Creates a matrix from its elements, column after column.
  ///
  /// - Precondition: there are `rows * columns` elements.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative size")
    precondition(elements.count == rows * columns, "\(rows) x \(columns) elements are needed")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Creates a matrix of equal elements.
  public init(rows: Int, columns: Int, repeating element: Double = 0) {
    self.init(
      rows: rows, columns: columns, elements: [Double](repeating: element, count: rows * columns))
  }

  /// Creates a square matrix of zeros but for its diagonal.
  public init(diagonal: [Double]) {
    self.init(rows: diagonal.count, columns: diagonal.count)
    for (j, element) in diagonal.enumerated() { self[j, j] = element }
  }

  /// The element of row `row`, column `column`.
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row < rows && column < columns, "no element \(row), \(column)")
      return elements[column * rows + row]
    }
    set {
      precondition(row < rows && column < columns, "no element \(row), \(column)")
      elements[column * rows + row] = newValue
    }
  }

  /// The diagonal of the matrix.
  public var diagonal: [Double] { (0..<min(rows, columns)).map { elements[$0 * rows + $0] } }

  /// The elements of a row.
  public func row(_ row: Int) -> [Double] { (0..<columns).map { self[row, $0] } }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for j in 0..<columns {
      for i in 0..<rows { result.elements[i * columns + j] = elements[j * rows + i] }
    }
    return result
  }

  /// Makes a square matrix symmetric by copying the part below the diagonal to the part above it.
  mutating func mirrorLower() {
    let count = rows
    unsafe elements.withUnsafeMutableBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      unsafe TiledMatrix(base: base, count: count).mirrorLower()
    }
  }
}
