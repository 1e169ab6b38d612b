import COpenBLAS
import Parallelism

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The factor of a Gram matrix H = [D B'; B C], for solving with it as often as wanted.
///
/// D is diagonal, so that its elimination leaves the Schur complement S = C - B D^-1 B', which alone
/// has a dense factor (Golub and Van Loan, *Matrix Computations*, 4th ed., 3.2.11 and 4.2.3).
public final class GramFactor: Sendable {
  /// D and B; the core is given up to its factor.
  private let matrix: GramMatrix
  private let schur: Cholesky

  /// The number of columns, p.
  public let columnCount: Int

  convenience init(_ gram: consuming GramMatrix, pivotTolerance: Double) throws(FactorizationError)
  {
    let scale = gram.core.diagonal
    try gram.eliminate()
    try self.init(reduced: gram, scale: scale, pivotTolerance: pivotTolerance)
  }

  /// - Parameters:
  ///   - gram: D, B, and in place of C the Schur complement S, on and below its diagonal.
  ///   - scale: The diagonal of C.
  init(
    reduced gram: consuming GramMatrix, scale: [Double], pivotTolerance: Double
  ) throws(FactorizationError) {
    columnCount = gram.columnCount
    var core = Matrix(rows: 0, columns: 0)
    swap(&core, &gram.core)
    do {
      schur = try Cholesky(factoring: core, scale: scale, pivotTolerance: pivotTolerance)
    } catch .notPositiveDefinite(let index) {
      throw .notPositiveDefinite(column: gram.column(ofCore: index))
    }
    matrix = gram
  }

  /// Takes B D^-1 B' from the lower part of the core.
  fileprivate static func subtract(_ border: Matrix, levels: [Double], from core: inout Matrix) {
    let count = border.rows
    guard count > 0, !levels.isEmpty else { return }
    LinearAlgebraLibrary.prepare()
    if count >= tileThreshold { return subtractByTiles(border, levels: levels, from: &core) }
    // Levels are chunked, and the chunks' products added up, as the rows of a design matrix are.
    let chunks = min(8, (levels.count + 1023) / 1024)
    let products = Parallel.map(chunks) { chunk in
      let range = levels.count * chunk / chunks..<levels.count * (chunk + 1) / chunks
      return product(border, levels: levels, range)
    }
    for product in products {
      for i in product.indices { core.elements[i] -= product[i] }
    }
  }

  /// The columns of the core from which on it is worked on in tiles, since each chunk's product takes as much memory.
  private static let tileThreshold = TiledMatrix.threshold

  /// The same with no more memory than a panel of levels takes: each job takes its products from tiles of its own.
  private static func subtractByTiles(
    _ border: Matrix, levels: [Double], from core: inout Matrix
  ) {
    let count = border.rows
    unsafe core.elements.withUnsafeMutableBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      let tiles = unsafe TiledMatrix(base: base, count: count)
      forEachPanel(border, levels: levels, 0..<levels.count) { panel, width in
        tiles.subtract(productsOf: panel, width: width)
      }
    }
  }

  /// The lower part of B D^-1 B' over some of the levels, a panel of them at a time.
  private static func product(
    _ border: Matrix, levels: [Double], _ range: Range<Int>
  ) -> [Double] {
    let count = border.rows
    var result = [Double](repeating: 0, count: count * count)
    forEachPanel(border, levels: levels, range) { panel, width in
      unsafe cblas_dsyrk(
        CblasColMajor, CblasLower, CblasNoTrans, librarySize(count), librarySize(width), 1, panel,
        librarySize(count), 1, &result, librarySize(count))
    }
    return result
  }

  /// Calls `body` with the columns of B D^-1/2 for some of the levels, a few at a time, and their number.
  private static func forEachPanel(
    _ border: Matrix, levels: [Double], _ range: Range<Int>, _ body: ([Double], Int) -> Void
  ) {
    let count = border.rows
    let width = 256
    var panel = [Double](repeating: 0, count: count * width)
    for first in stride(from: range.lowerBound, to: range.upperBound, by: width) {
      let end = min(range.upperBound, first + width)
      for k in first..<end {
        let factor = 1 / levels[k].squareRoot()
        let source = k * count
        let target = (k - first) * count
        for j in 0..<count { panel[target + j] = border.elements[source + j] * factor }
      }
      body(panel, end - first)
    }
  }

  /// The solution x (p) of H x = b.
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == columnCount, "\(columnCount) elements are needed")
    let (levelRight, coreRight) = matrix.split(right)
    var levelPart = zip(levelRight, matrix.levels).map { $0 / $1 }
    let shift = matrix.border.times(levelPart)
    let corePart = schur.solve(zip(coreRight, shift).map { $0 - $1 })
    for (k, value) in matrix.border.transposedTimes(corePart).enumerated() {
      levelPart[k] = (levelRight[k] - value) / matrix.levels[k]
    }
    return matrix.joined(levels: levelPart, core: corePart)
  }

  /// The diagonal of the inverse (p): variances of coefficients, if H is their information.
  public func inverseDiagonal() -> [Double] {
    inverseDiagonal(coreInverse: coreInverse(), knowsEliminated: true)
  }

  /// The inverse's part of the core, on and below the diagonal: the inverse of the Schur complement.
  ///
  /// - Parameter blocks: Columns of which the elements with each other are wanted; others may be NaN. Nil is all.
  func coreInverse(within blocks: [Range<Int>]? = nil) -> Matrix {
    schur.lowerInverse(
      within: blocks?.filter { !$0.overlaps(matrix.eliminated) }.map {
        matrix.coreIndex($0.lowerBound)..<matrix.coreIndex($0.lowerBound) + $0.count
      })
  }

  /// The columns whose part is diagonal.
  var eliminated: Range<Int> { matrix.eliminated }

  /// The diagonal of the inverse, where its part of the core is known.
  func inverseDiagonal(coreInverse: Matrix, knowsEliminated: Bool) -> [Double] {
    guard knowsEliminated else {
      let unknown = [Double](repeating: .nan, count: eliminated.count)
      return matrix.joined(levels: unknown, core: coreInverse.diagonal)
    }
    let width = 128
    let count = matrix.border.rows
    let lengths = Parallel.map((matrix.levels.count + width - 1) / width) { job in
      let range = job * width..<min(matrix.levels.count, (job + 1) * width)
      let panel = matrix.border.elements[range.lowerBound * count..<range.upperBound * count]
      return schur.squaredLengths(
        ofColumns: Matrix(rows: count, columns: range.count, elements: Array(panel)))
    }
    let levelPart = zip(matrix.levels, lengths.joined()).map { pivot, length in
      1 / pivot + length / (pivot * pivot)
    }
    return matrix.joined(levels: levelPart, core: coreInverse.diagonal)
  }

  /// The forms x' H^-1 x of some vectors x, the columns of a matrix (p x m).
  public func inverseForms(_ vectors: Matrix) -> [Double] {
    precondition(vectors.rows == columnCount, "\(columnCount) elements are needed")
    let first = matrix.eliminated.lowerBound
    let count = matrix.levels.count
    var (levelPart, corePart): ([Double], [Double]) = ([], [])
    var forms: [Double] = []
    for column in 0..<vectors.columns {
      let vector = vectors.elements[column * vectors.rows..<(column + 1) * vectors.rows]
      let start = vector.startIndex
      var form = 0.0
      for k in 0..<count {
        let value = vector[start + first + k]
        form += value * value / matrix.levels[k]
        levelPart.append(value / matrix.levels[k])
      }
      forms.append(form)
      corePart += vector[..<(start + first)]
      corePart += vector[(start + first + count)...]
    }
    let size = columnCount - count
    var core = Matrix(rows: size, columns: vectors.columns, elements: corePart)
    if count > 0 {
      let shift = matrix.border.multiplied(
        by: Matrix(rows: count, columns: vectors.columns, elements: levelPart))
      for i in core.elements.indices { core.elements[i] -= shift.elements[i] }
    }
    return zip(forms, schur.squaredLengths(ofColumns: core)).map { $0 + $1 }
  }

  /// The inverse (p x p): for small matrices and for tests.
  public func inverse() -> Matrix {
    var result = Matrix(rows: columnCount, columns: columnCount)
    for j in 0..<columnCount {
      var unit = [Double](repeating: 0, count: columnCount)
      unit[j] = 1
      for (i, value) in solve(unit).enumerated() { result[i, j] = value }
    }
    return result
  }

  /// The natural logarithm of the determinant.
  public var logDeterminant: Double {
    var sum = schur.logDeterminant
    for pivot in matrix.levels { sum += log(pivot) }
    return sum
  }
}

extension GramMatrix {
  /// Puts the Schur complement under penalties of the levels in the place of the core, on and below its diagonal.
  ///
  /// - Throws: `notPositiveDefinite` with the first level that has no weight and no penalty.
  mutating func eliminate(under penalties: [Double]? = nil) throws(FactorizationError) {
    let pivots = penalties.map { zip(levels, $0).map { $0 + $1 } } ?? levels
    for (k, pivot) in pivots.enumerated() where !(pivot > 0 && pivot.isFinite) {
      throw .notPositiveDefinite(column: eliminated.lowerBound + k)
    }
    GramFactor.subtract(border, levels: pivots, from: &core)
  }
}
