import Foundation
import TestSupport
import Testing

@testable import Regression

@Suite("Level screen")
struct LevelScreenTests {
  @Test("the evidence is the marginal likelihood of normal effects against none")
  func likelihood() {
    // One group beside another that weighs so much that the mean is its own: the evidence of R and W is then
    // log of the integral of exp(R b - W b^2 / 2) over b ~ N(0, t), here summed numerically.
    let (r, w) = (7.0, 40.0)
    let heavy = 1e12
    let found = LevelScreen.gain(residuals: [r, 0], curvature: [w, heavy])
    let expected =
      PairScreen.variances.map { t -> Double in
        let step = 1e-4
        let integral = stride(from: -8.0, through: 8, by: step).reduce(0) { sum, b in
          sum + step * exp(r * b - 0.5 * w * b * b - 0.5 * b * b / t)
            / (2 * Double.pi * t).squareRoot()
        }
        return log(integral) - 0.5 * log1p(heavy * t)
      }.max() ?? 0
    #expect(abs(found - expected) < 1e-6)
  }

  @Test("a smooth bend shows in wide groups, a spike in narrow ones, noise in none")
  func scales() {
    var random = MadeUpData(rows: 0, columns: 0, seed: 30)
    let weights = [Double](repeating: 500, count: 128)
    func sums(_ effect: (Int) -> Double) -> [Double] {
      (0..<128).map { 500 * effect($0) + 500.0.squareRoot() * random.normal() }
    }
    func gain(_ sums: [Double], fewest: Int) -> Double {
      LevelScreen.gain(ofOrdered: sums, curvature: weights, fewest: fewest)
    }
    let noise = sums { _ in 0 }
    #expect(gain(noise, fewest: 6) < 3)
    let bend = sums { 0.06 * cos(Double($0) / 128 * 2 * Double.pi) }
    #expect(gain(bend, fewest: 6) > gain(bend, fewest: 128) + 10)
    #expect(gain(bend, fewest: 6) > 10)
    let spike = sums { $0 == 70 ? 0.6 : 0 }
    #expect(gain(spike, fewest: 6) > 20)
    #expect(gain(spike, fewest: 6) == gain(spike, fewest: 128))
    // An odd number of groups leaves the last one by itself.
    #expect(
      LevelScreen.gain(
        ofOrdered: Array(bend.prefix(127)), curvature: Array(weights.prefix(127)), fewest: 6)
        > 10)
    #expect(LevelScreen.gain(residuals: [], curvature: []) == -.infinity)
  }
}
