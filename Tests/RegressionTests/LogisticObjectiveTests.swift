import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

@Suite("Logistic objective")
struct LogisticObjectiveTests {
  @Test(
    "has a gradient that agrees with differences of its value, and a Hessian with the gradient's")
  func derivatives() throws {
    let data = MadeUpData(rows: 300, columns: 3, levels: 6, seed: 12)
    let weights = (0..<300).map { Double($0 % 4) / 2 }
    let objective = try data.objective(ridge: 2, weights: weights)
    let size = objective.design.columnCount
    let center = (0..<size).map { Double($0 % 5) / 5 - 0.4 }
    let point = objective.point(at: center)
    let hessian = try objective.hessian(at: point).inverse()
    let step = 1e-5
    for j in 0..<size {
      var (up, down) = (center, center)
      up[j] += step
      down[j] -= step
      let (above, below) = (objective.point(at: up), objective.point(at: down))
      let slope = (above.value - below.value) / (2 * step)
      #expect(abs(slope - point.gradient[j]) < 1e-9)
      // The inverse Hessian times a column of the Hessian by differences is a column of the identity.
      let bend = zip(above.gradient, below.gradient).map {
        ($0 - $1) / (2 * step) * objective.totalWeight
      }
      for (k, value) in hessian.times(bend).enumerated() {
        #expect(abs(value - (k == j ? 1 : 0)) < 1e-6)
      }
    }
  }

  @Test("starts where the intercept foretells the mean, so that its gradient is 0 there")
  func origin() throws {
    let objective = try MadeUpData(rows: 500, columns: 2, seed: 13).objective(ridge: 1)
    #expect(abs(objective.point(at: objective.origin).gradient[0]) < 1e-15)
  }

  @Test("refuses data that make no sense, and says where")
  func refusals() throws {
    let design = try DesignMatrix(blocks: [.intercept], rowCount: 3)
    let cases: [([Double], [Double]?, [Double], ObjectiveError)] = [
      ([0, 1], nil, [0], .wrongCount(of: "outcomes", found: 2, expected: 3)),
      ([0, 1, 1], [1], [0], .wrongCount(of: "weights", found: 1, expected: 3)),
      ([0, 1, 1], nil, [], .wrongCount(of: "penalties", found: 0, expected: 1)),
      ([0, 1, -0.5], nil, [0], .outcomeOutOfRange(row: 2, value: -0.5)),
      ([0, 1, 1], [1, -1, 1], [0], .badWeight(row: 1, value: -1)),
      ([0, 1, 1], [1, .infinity, 1], [0], .badWeight(row: 1, value: .infinity)),
      ([0, 1, 1], nil, [-1], .badPenalty(column: 0, value: -1)),
      ([0, 1, 1], [0, 0, 0], [0], .noRows),
    ]
    for (outcomes, weights, penalties, error) in cases {
      #expect(throws: error) {
        try LogisticObjective(
          design: design, outcomes: outcomes, weights: weights, penalties: penalties)
      }
    }
    #expect(ObjectiveError.badWeight(row: 1, value: -1).description.contains("row 2 is -1.0"))
    let empty = try DesignMatrix(blocks: [.intercept], rowCount: 0)
    #expect(throws: ObjectiveError.noRows) {
      try LogisticObjective(design: empty, outcomes: [], penalties: [0])
    }
  }
}
