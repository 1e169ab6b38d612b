import COpenBLAS

/// Small products and factorizations by the library, against the same sums in plain loops.
///
/// The sizes are no multiples of any vector length or block, so that edge cases of kernels run too.
enum LibraryCheck {
  /// The largest difference allowed, relative to the sizes of the terms; rounding alone gives 1e-15.
  static let tolerance = 1e-12

  /// The first operation that gives wrong numbers, or nil where all are right.
  static func firstFault() -> String? {
    for (m, n, k) in [(1, 1, 1), (5, 3, 7), (37, 29, 67)] {
      if !isProductRight(m, n, k) { return "matrix product (dgemm, \(m) x \(n) x \(k))" }
      if !isSquareRight(n, k) { return "symmetric product (dsyrk, \(n) x \(k))" }
      if !isFactorRight(k) { return "Cholesky factor (dpotrf, \(k) x \(k))" }
    }
    return nil
  }

  /// Numbers of both signs, from -1 to 1, without a pattern that could hide a wrong index.
  static func values(_ count: Int, seed: UInt64) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 4_503_599_627_370_496 - 1
    }
  }

  private static func agree(_ found: Double, _ expected: Double, size: Double) -> Bool {
    abs(found - expected) <= tolerance * (size + 1)
  }

  private static func isProductRight(_ m: Int, _ n: Int, _ k: Int) -> Bool {
    let a = values(m * k, seed: 1)
    let b = values(k * n, seed: 2)
    var c = values(m * n, seed: 3)
    let before = c
    unsafe cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, librarySize(m), librarySize(n), librarySize(k),
      0.5, a, librarySize(m), b, librarySize(k), 2, &c, librarySize(m))
    for j in 0..<n {
      for i in 0..<m {
        var sum = 0.0
        for l in 0..<k { sum += a[l * m + i] * b[j * k + l] }
        if !agree(c[j * m + i], 0.5 * sum + 2 * before[j * m + i], size: Double(k)) { return false }
      }
    }
    return true
  }

  private static func isSquareRight(_ n: Int, _ k: Int) -> Bool {
    let a = values(n * k, seed: 4)
    var c = [Double](repeating: 0, count: n * n)
    unsafe cblas_dsyrk(
      CblasColMajor, CblasLower, CblasNoTrans, librarySize(n), librarySize(k), 1, a,
      librarySize(n), 0, &c, librarySize(n))
    for j in 0..<n {
      for i in j..<n {
        var sum = 0.0
        for l in 0..<k { sum += a[l * n + i] * a[l * n + j] }
        if !agree(c[j * n + i], sum, size: Double(k)) { return false }
      }
    }
    return true
  }

  /// Whether L L' gives the matrix back.
  private static func isFactorRight(_ n: Int) -> Bool {
    var a = values(n * n, seed: 5)
    for j in 0..<n {
      for i in 0..<j { a[i * n + j] = a[j * n + i] }
      a[j * n + j] = Double(n) + 1
    }
    var factor = a
    var size = librarySize(n)
    var stride = size
    var info: Int32 = 0
    unsafe dpotrf_("L", &size, &factor, &stride, &info)
    guard info == 0 else { return false }
    for j in 0..<n {
      for i in j..<n {
        var sum = 0.0
        for l in 0...j { sum += factor[l * n + i] * factor[l * n + j] }
        if !agree(sum, a[j * n + i], size: Double(n)) { return false }
      }
    }
    return true
  }
}
