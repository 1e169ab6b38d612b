import Testing

@testable import Simulation

@Suite("Random stream")
struct RandomStreamTests {
  /// From the reference implementation of SplitMix64 with the seed 1234567.
  @Test("the generator gives the published SplitMix64 numbers")
  func published() {
    var random = RandomStream(state: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  @Test("the variables have the moments of their distributions")
  func moments() {
    var random = RandomStream(seed: 5, stream: 0)
    let count = 200_000
    // Each line: a sample, its mean and its variance; tolerances are about five standard errors.
    let samples: [(String, [Double], Double, Double)] = [
      ("uniform", (0..<count).map { _ in random.uniform() }, 0.5, 1.0 / 12),
      ("exponential", (0..<count).map { _ in random.exponential() }, 1, 1),
      ("normal", (0..<count).map { _ in random.normalPair().0 }, 0, 1),
      ("other normal", (0..<count).map { _ in random.normalPair().1 }, 0, 1),
      ("Poisson", (0..<count).map { _ in random.poisson(mean: 3.5) }, 3.5, 3.5),
      ("Poisson of 80", (0..<count).map { _ in random.poisson(mean: 80) }, 80, 80),
      ("below 7", (0..<count).map { _ in Double(random.below(7)) }, 3, 4),
    ]
    for (name, values, mean, variance) in samples {
      let found = values.reduce(0, +) / Double(count)
      let spread = values.reduce(0) { $0 + ($1 - found) * ($1 - found) } / Double(count)
      #expect(abs(found - mean) < 5 * (variance / Double(count)).squareRoot(), "\(name)")
      #expect(abs(spread / variance - 1) < 0.035, "\(name)")
    }
  }

  @Test("an alias table draws each level with its weight")
  func aliasTable() {
    let weights = [5.0, 1, 3, 0.5, 0.5]
    let table = AliasTable(weights: weights)
    var random = RandomStream(seed: 1, stream: 1)
    var counts = [0.0, 0, 0, 0, 0]
    for _ in 0..<100_000 { counts[table.draw(from: &random)] += 1 }
    for (count, weight) in zip(counts, weights) {
      let expected = weight * 10_000
      #expect(abs(count - expected) < 5 * expected.squareRoot())
    }
  }
}
