import Evaluation
import LinearAlgebra

@testable import Regression

/// Made-up data of a seed: the same on every machine.
struct MadeUpData {
  var columns: [[Double]] = []
  var codes: [UInt32] = []
  var outcomes: [Double] = []
  private var state: UInt64

  /// Draws `columns` standard columns, a field of `levels` levels, and outcomes that depend on them.
  init(rows: Int, columns count: Int, levels: Int = 0, level: Double = -0.5, seed: UInt64 = 1) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    var eta = [Double](repeating: level, count: rows)
    for j in 0..<count {
      let column = (0..<rows).map { _ in normal() }
      let slope = (j % 2 == 0 ? 0.8 : -0.5) / Double(1 + j / 2)
      for i in 0..<rows { eta[i] += slope * column[i] }
      columns.append(column)
    }
    if levels > 0 {
      let effects = (0..<levels).map { _ in 0.7 * normal() }
      // Squared, so that some levels are rare, as they are in lead data.
      codes = (0..<rows).map { _ in
        let u = uniform()
        return UInt32(u * u * Double(levels + 1))
      }
      for i in 0..<rows where codes[i] > 0 { eta[i] += effects[Int(codes[i]) - 1] }
    }
    outcomes = eta.map { uniform() < LogisticLoss.probabilities([$0])[0] ? 1 : 0 }
  }

  /// The design: an intercept, the columns, the field.
  func design() throws -> DesignMatrix {
    var blocks: [DesignBlock] = [.intercept]
    if !columns.isEmpty { blocks.append(.dense(DenseBlock(columns: columns))) }
    if let levels = codes.max() {
      blocks.append(.levels(LevelBlock(codes: codes, levelCount: Int(levels))))
    }
    return try DesignMatrix(blocks: blocks, rowCount: outcomes.count)
  }

  /// The objective with one penalty for all columns but the intercept.
  func objective(ridge: Double, weights: [Double]? = nil) throws -> LogisticObjective {
    let design = try design()
    return try LogisticObjective(
      design: design, outcomes: outcomes, weights: weights,
      penalties: [0] + .init(repeating: ridge, count: design.columnCount - 1))
  }

  /// The rows in the order of the numbers.
  func rows(_ order: [Int]) -> MadeUpData {
    var result = self
    result.columns = columns.map { column in order.map { column[$0] } }
    if !codes.isEmpty { result.codes = order.map { codes[$0] } }
    result.outcomes = order.map { outcomes[$0] }
    return result
  }

  /// A number in 0..<1.
  mutating func uniform() -> Double {
    state = state &+ 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z &>> 31)) &>> 11) * 0x1p-53
  }

  /// A number of the standard normal distribution.
  mutating func normal() -> Double { Evaluation.NormalDistribution.quantile(uniform() + 0x1p-54) }

  /// The numbers below `count` in a random order.
  mutating func order(_ count: Int) -> [Int] {
    var result = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      result.swapAt(i, Int(uniform() * Double(i + 1)))
    }
    return result
  }
}
