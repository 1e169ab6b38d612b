/// A symmetric matrix of two rows.
struct Symmetric {
  let h00: Double
  let h01: Double
  let h11: Double

  var inverse: Symmetric {
    let determinant = h00 * h11 - h01 * h01
    return Symmetric(h00: h11 / determinant, h01: -h01 / determinant, h11: h00 / determinant)
  }

  /// The matrix's inverse times a vector.
  func solve(_ g: (Double, Double)) -> (Double, Double) {
    let v = inverse
    return (v.h00 * g.0 + v.h01 * g.1, v.h01 * g.0 + v.h11 * g.1)
  }
}
