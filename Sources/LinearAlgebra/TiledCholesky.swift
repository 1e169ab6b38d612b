import COpenBLAS
import Parallelism

/// A square matrix in tiles, on which several threads work at a time: each job writes tiles of its own.
///
/// The library runs on one thread, so large factorizations are cut into its products here. Tiles are of one size whatever
/// the number of threads, and so are the digits of results. At 1,600 columns two threads take a third of the time of
/// `dpotrf` and `dpotri` on one.
@safe struct TiledMatrix: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Double>
  /// The rows and columns.
  private let count: Int

  /// The rows of a tile: products of such tiles run at nearly the library's full speed.
  static let tile = 128
  /// The columns from which on tiles are worth it.
  static let threshold = 384

  /// - Precondition: `base` has `count * count` elements, column after column, for as long as this is used.
  @unsafe init(base: UnsafeMutablePointer<Double>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  private var tiles: Int { (count + Self.tile - 1) / Self.tile }

  private func range(_ tile: Int) -> Range<Int> {
    tile * Self.tile..<min(count, (tile + 1) * Self.tile)
  }

  private func at(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Double> {
    unsafe base + (column * count + row)
  }

  /// Copies the part below the diagonal to the part above it: tile by tile, as a column of one part is a row of the other.
  func mirrorLower() {
    let pairs = Self.pairs(from: 0, to: tiles)
    Parallel.forEach(pairs.count) { job in
      let (rows, columns) = (range(pairs[job].0), range(pairs[job].1))
      for j in columns {
        for i in max(rows.lowerBound, j + 1)..<max(rows.upperBound, j + 1) {
          unsafe at(j, i).pointee = at(i, j).pointee
        }
      }
    }
  }

  /// Factors the part on and below the diagonal, from the left tile columns to the right.
  ///
  /// - Returns: 0, or the number of the first column, from 1 on, that is not positive.
  func factor() -> Int {
    var size = librarySize(count)
    for k in 0..<tiles {
      let (own, first) = (range(k), range(k).lowerBound)
      var width = librarySize(own.count)
      var info: Int32 = 0
      unsafe dpotrf_("L", &width, at(first, first), &size, &info)
      guard info == 0 else { return first + Int(info) }
      // The tiles below are solved with the diagonal one ...
      Parallel.forEach(tiles - k - 1) { job in
        let rows = range(k + 1 + job)
        unsafe cblas_dtrsm(
          CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, librarySize(rows.count),
          librarySize(own.count), 1, at(first, first), librarySize(count),
          at(rows.lowerBound, first), librarySize(count))
      }
      // ... and taken from all tiles to the right of them.
      let pairs = Self.pairs(from: k + 1, to: tiles)
      Parallel.forEach(pairs.count) { job in
        let (rows, columns) = (range(pairs[job].0), range(pairs[job].1))
        unsafe cblas_dgemm(
          CblasColMajor, CblasNoTrans, CblasTrans, librarySize(rows.count),
          librarySize(columns.count), librarySize(own.count), -1, at(rows.lowerBound, first),
          librarySize(count), at(columns.lowerBound, first), librarySize(count), 1,
          at(rows.lowerBound, columns.lowerBound), librarySize(count))
      }
    }
    return 0
  }

  /// The pairs of tiles from one on whose row is not before its column.
  private static func pairs(from first: Int, to end: Int) -> [(Int, Int)] {
    (first..<max(first, end)).flatMap { row in (first...row).map { (row, $0) } }
  }

  /// Takes P P' from the part on and below the diagonal; P has `width` columns of as many rows as this.
  func subtract(productsOf panel: [Double], width: Int) {
    precondition(panel.count >= count * width, "\(count) x \(width) elements are needed")
    let pairs = Self.pairs(from: 0, to: tiles)
    unsafe panel.withUnsafeBufferPointer { panel in
      guard let start = panel.baseAddress else { return }
      let panel = unsafe Panel(base: start)
      Parallel.forEach(pairs.count) { job in
        let (rows, columns) = (range(pairs[job].0), range(pairs[job].1))
        unsafe cblas_dgemm(
          CblasColMajor, CblasNoTrans, CblasTrans, librarySize(rows.count),
          librarySize(columns.count), librarySize(width), -1, panel.base + rows.lowerBound,
          librarySize(count), panel.base + columns.lowerBound, librarySize(count), 1,
          at(rows.lowerBound, columns.lowerBound), librarySize(count))
      }
    }
  }

  /// Numbers that several threads read.
  @safe private struct Panel: @unchecked Sendable {
    let base: UnsafePointer<Double>
    @unsafe init(base: UnsafePointer<Double>) { unsafe self.base = base }
  }

  /// Writes the inverse of a factored matrix, on and below the diagonal, to `result`.
  ///
  /// First L^-1, a tile column a job, then the tiles of its product with its transpose.
  ///
  /// - Parameter blocks: Rows and columns of which the elements with each other are wanted; tiles without any are NaN.
  ///   Nil is all.
  func invert(to result: TiledMatrix, inverseFactor: TiledMatrix, within blocks: [Range<Int>]?) {
    let pairs = Self.pairs(from: 0, to: tiles)
    Parallel.forEach(tiles) { job in
      let first = range(job).lowerBound
      let rest = count - first
      let width = range(job).count
      for column in 0..<width {
        let target = unsafe inverseFactor.at(first, first + column)
        unsafe target.update(repeating: 0, count: rest)
        unsafe target[column] = 1
      }
      unsafe cblas_dtrsm(
        CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, librarySize(rest),
        librarySize(width), 1, at(first, first), librarySize(count), inverseFactor.at(first, first),
        librarySize(count))
    }
    Parallel.forEach(pairs.count) { job in
      let (rows, columns) = (range(pairs[job].0), range(pairs[job].1))
      let rest = count - rows.lowerBound
      guard blocks?.contains(where: { $0.overlaps(rows) && $0.overlaps(columns) }) ?? true else {
        for column in columns {
          unsafe result.at(rows.lowerBound, column).update(repeating: .nan, count: rows.count)
        }
        return
      }
      unsafe cblas_dgemm(
        CblasColMajor, CblasTrans, CblasNoTrans, librarySize(rows.count),
        librarySize(columns.count), librarySize(rest), 1,
        inverseFactor.at(rows.lowerBound, rows.lowerBound), librarySize(count),
        inverseFactor.at(rows.lowerBound, columns.lowerBound), librarySize(count), 0,
        result.at(rows.lowerBound, columns.lowerBound), librarySize(count))
    }
  }
}
