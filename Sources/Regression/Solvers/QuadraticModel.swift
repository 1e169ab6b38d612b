import LinearAlgebra

/// The quadratic model of an objective at a point, with penalties on absolute values.
struct QuadraticModel {
  /// The change of the largest step in a sweep, in nats, at which coordinate descent has converged.
  private static let tolerance = 1e-24
  private static let maximumSweeps = 100_000

  private let origin: [Double]
  private let gradient: [Double]
  private let hessian: Matrix
  private let absolute: [Double]

  init(at point: LogisticObjective.Point, of objective: LogisticObjective, absolute: [Double]) {
    origin = point.coefficients
    gradient = point.gradient.map { $0 * objective.totalWeight }
    hessian = objective.design.gram(weights: point.curvature).adding(objective.penalty).dense()
    self.absolute = absolute
  }

  /// The minimum, by sweeps over the coordinates that are not 0 and, when those rest, over all.
  ///
  /// Nil where a coordinate without curvature is free, or the sweeps do not come to rest.
  func minimum() -> [Double]? {
    var coefficients = origin
    var slope = gradient
    let size = origin.count
    for column in 0..<size where hessian[column, column] <= 0 {
      guard absolute[column] > abs(gradient[column]) else { return nil }
    }
    var sweeps = 0
    var everything = true
    while sweeps < Self.maximumSweeps {
      sweeps += 1
      var largest = 0.0
      for j in 0..<size where everything || coefficients[j] != 0 {
        let bend = hessian[j, j]
        guard bend > 0 else { continue }
        let target = Self.shrink(bend * coefficients[j] - slope[j], by: absolute[j]) / bend
        let change = target - coefficients[j]
        guard change != 0 else { continue }
        coefficients[j] = target
        for k in 0..<size { slope[k] += change * hessian[k, j] }
        largest = max(largest, bend * change * change)
      }
      if largest <= Self.tolerance {
        if everything { return coefficients }
        everything = true
      } else {
        everything = false
      }
    }
    return nil
  }

  /// A number brought nearer to 0, and not beyond.
  private static func shrink(_ value: Double, by bound: Double) -> Double {
    value > bound ? value - bound : value < -bound ? value + bound : 0
  }
}
