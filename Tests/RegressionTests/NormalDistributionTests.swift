import Testing

@testable import Regression

@Suite("Normal distribution")
struct NormalDistributionTests {
  @Test("has the tails of 40-digit arithmetic to 13 digits, down to 1e-300")
  func tails() {
    for row in References.all.normal {
      #expect(abs(NormalDistribution.twoSidedP(row[0]) - row[1]) <= 1e-13 * row[1], "\(row[0])")
    }
  }

  @Test("a 95 % interval leaves out a twentieth")
  func quantile() {
    #expect(abs(NormalDistribution.twoSidedP(NormalDistribution.quantile975) - 0.05) <= 1e-16)
  }
}
