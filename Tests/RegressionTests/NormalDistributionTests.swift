import Testing

@testable import Regression

@Suite("Normal distribution")
struct NormalDistributionTests {
  @Test("has both tails of 40-digit arithmetic to 13 digits, down to 1e-300")
  func tails() {
    for row in References.all.normal {
      #expect(abs(NormalDistribution.cumulative(row[0]) - row[1]) <= 1e-13 * row[1], "\(row[0])")
      #expect(abs(NormalDistribution.twoSidedP(row[0]) - row[2]) <= 1e-13 * row[2], "\(row[0])")
    }
  }

  @Test("has the quantiles of 40-digit arithmetic to 13 digits")
  func quantiles() {
    for row in References.all.quantiles {
      let found = NormalDistribution.quantile(row[0])
      #expect(abs(found - row[1]) <= 1e-13 * max(abs(row[1]), 1e-2), "\(row[0]): \(found)")
    }
    #expect(abs(NormalDistribution.quantile(0.975) - NormalDistribution.quantile975) <= 1e-15)
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
  }
}
