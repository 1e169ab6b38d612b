@testable import FeatureEncoding

// What is learned from arrays, from functions of an element's number.

extension Moments {
  init(count: Int, value: (Int) -> Double, weight: (Int) -> Double) {
    self.init((0..<count).map(value), weights: (0..<count).map(weight))
  }
}

extension ValueCounts {
  init(count: Int, value: (Int) -> Double, weight: (Int) -> Double) {
    self.init((0..<count).map(value), weights: (0..<count).map(weight))
  }
}

extension NumericEncoding {
  init(
    count: Int, value: (Int) -> Double, weight: (Int) -> Double, outcome: ((Int) -> Double)? = nil
  ) {
    self.init(
      learning: (0..<count).map(value), weights: (0..<count).map(weight),
      outcomes: outcome.map { (0..<count).map($0) })
  }
}

extension CurveEncoding {
  init(
    count: Int, value: (Int) -> Double, weight: (Int) -> Double, knots most: Int,
    direction: Direction? = nil
  ) {
    self.init(
      learning: (0..<count).map(value), weights: (0..<count).map(weight), knots: most,
      direction: direction)
  }
}
