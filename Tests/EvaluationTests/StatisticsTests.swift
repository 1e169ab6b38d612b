import Evaluation
import Foundation
import TestSupport
import Testing

@Suite("Distributions")
struct StatisticsTests {
  let reference: StatisticsReference

  init() throws { reference = try References.load("statistics.json") }

  @Test("the normal distribution agrees with 40 digits in both tails")
  func normal() {
    let xs = reference.normal.map { $0[0] }
    let expected = reference.normal.map { $0[1] }
    expectAgreement(
      xs.map(NormalDistribution.cumulative), expected, relativeTolerance: 2e-15)
    expectAgreement(
      xs.map { NormalDistribution.upperTail(-$0) }, expected, relativeTolerance: 2e-15)
    #expect(NormalDistribution.cumulative(-.infinity) == 0)
    #expect(NormalDistribution.cumulative(.infinity) == 1)
    #expect(NormalDistribution.twoSidedTail(-1.5) == 2 * NormalDistribution.upperTail(1.5))
  }

  @Test("the normal quantile agrees with 40 digits")
  func normalQuantile() {
    expectAgreement(
      reference.normalQuantile.map { NormalDistribution.quantile($0[0]) },
      reference.normalQuantile.map { $0[1] }, relativeTolerance: 5e-15)
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
  }

  @Test("Student's tails and quantiles agree with 40 digits")
  func student() {
    expectAgreement(
      reference.student.map {
        StudentDistribution(degreesOfFreedom: $0[1]).twoSidedTail(-$0[0])
      }, reference.student.map { $0[2] }, relativeTolerance: 1e-12)
    expectAgreement(
      reference.studentQuantile.map {
        StudentDistribution(degreesOfFreedom: $0[1]).twoSidedQuantile($0[0])
      }, reference.studentQuantile.map { $0[2] }, relativeTolerance: 1e-12)
  }

  @Test("with many degrees of freedom Student's distribution is the normal one")
  func studentLimit() {
    for degrees in [1e10, 1e12, 1e14, .infinity] {
      let student = StudentDistribution(degreesOfFreedom: degrees)
      expectAgreement(
        [student.twoSidedTail(2), student.twoSidedQuantile(0.05)],
        [NormalDistribution.twoSidedTail(2), -NormalDistribution.quantile(0.025)],
        relativeTolerance: 2e-9)
    }
  }

  @Test("Clopper and Pearson's interval agrees with 40 digits")
  func clopperPearson() {
    for row in reference.clopperPearson {
      let found = BinomialInterval.clopperPearson(successes: row[0], trials: row[1], level: row[2])
      expectAgreement([found.low, found.high], [row[3], row[4]], relativeTolerance: 1e-12)
    }
  }

  @Test("Clopper and Pearson's interval has its closed form where nothing or all succeeded")
  func closedForms() {
    for trials in [1.0, 3, 1000, 1e6, 1e9] {
      let bound = -expm1(log(0.025) / trials)
      let none = BinomialInterval.clopperPearson(successes: 0, trials: trials)
      let all = BinomialInterval.clopperPearson(successes: trials, trials: trials)
      expectAgreement([none.low, none.high], [0, bound], relativeTolerance: 1e-12)
      expectAgreement([all.low, all.high], [1 - bound, 1], relativeTolerance: 1e-12)
    }
    #expect(
      BinomialInterval.clopperPearson(successes: 0, trials: 0) == Interval(low: 0, high: 1))
  }

  @Test("intervals of a rate and of its complement mirror each other, for millions of trials too")
  func mirrored() {
    for (successes, trials) in [(3.0, 1e6), (250_000, 1e6), (7, 30), (4_999_999, 1e7)] {
      let one = BinomialInterval.clopperPearson(successes: successes, trials: trials)
      let other = BinomialInterval.clopperPearson(successes: trials - successes, trials: trials)
      expectAgreement(
        [1 - one.high, 1 - one.low], [other.low, other.high], relativeTolerance: 1e-11)
      #expect(one.low < successes / trials && successes / trials < one.high)
    }
  }
}
