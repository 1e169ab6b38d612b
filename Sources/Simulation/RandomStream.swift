/// Random numbers: one independent, repeatable stream for each row of a simulation.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014). A row's stream depends on the seed and the row's number only, so any row can be drawn
/// without those before it.
struct RandomStream {
  private var state: UInt64

  /// Creates the generator in a state.
  init(state: UInt64) { self.state = state }

  /// Creates the stream of a number; other numbers of the same seed start elsewhere.
  init(seed: UInt64, stream: UInt64) {
    self.init(state: Self.mix(Self.mix(seed &+ Self.step) &+ stream &* 0xD134_2543_DE82_EF95))
  }

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The generator's finalizer, a bijection of 64 bits.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 64 random bits.
  mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// A number from 0 up to but not including 1, a multiple of 2^-53.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number from 0 up to but not including `bound`.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// An exponential variable of mean 1.
  mutating func exponential() -> Double { -PortableMath.log(uniform() + 0x1p-54) }

  /// Two independent standard normal variables (Marsaglia's polar method).
  mutating func normalPair() -> (Double, Double) {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      guard square < 1, square > 0 else { continue }
      let factor = (-2 * PortableMath.log(square) / square).squareRoot()
      return (x * factor, y * factor)
    }
  }

  /// A Poisson variable of a mean up to 500, by inversion; the cost grows with the value.
  mutating func poisson(mean: Double) -> Double {
    let target = uniform()
    var probability = PortableMath.exp(-mean)
    var cumulative = probability
    var count = 0.0
    while target >= cumulative, count < 2000 {
      count += 1
      probability *= mean / count
      cumulative += probability
    }
    return count
  }
}
