/// What is the same for all rows of a seed: fields, the frequencies of levels and their effects.
struct SimulatedWorld: Sendable {
  let fields: SimulatedFields

  /// The laws of the numeric fields and of the flags, without their names.
  let numbers: [NumericLaw]
  let flags: [FlagLaw]

  /// The shares of missing cells of the categorical fields.
  let missingShares: [Double]

  /// The draws of levels, a table for each categorical field.
  let tables: [AliasTable]

  /// The true effects of the levels of each categorical field.
  let effects: [[Double]]

  let driftPerYear: Double

  /// The middle of the default window, 2022-07-02, in days since 1970-01-01.
  static let driftOrigin = 19175.0

  init(seed: UInt64, options: LeadSimulation.Options) {
    fields = options.form == .linear ? .linear : .history(jobTitles: options.jobTitles)
    numbers = fields.numbers.map(\.law)
    flags = fields.flags.map(\.law)
    missingShares = fields.categories.map(\.missing)
    driftPerYear = fields.hasStory ? options.driftPerYear : 0
    // Rows are numbered from 0, so no row shares this stream.
    var random = RandomStream(seed: seed, stream: .max)
    var tables: [AliasTable] = []
    var effects: [[Double]] = []
    for field in fields.categories {
      let weights = field.words.indices.map { index in
        PortableMath.exp(-field.exponent * PortableMath.log(Double(index + 1)))
      }
      tables.append(AliasTable(weights: weights))
      effects.append(
        Self.centered(
          field.words.map { _ in field.spread * random.normalPair().0 }, weights: weights))
    }
    self.tables = tables
    self.effects = effects
  }

  /// The effects less their weighted mean, to four digits: so no seed moves the base rate far.
  private static func centered(_ effects: [Double], weights: [Double]) -> [Double] {
    var weighted = 0.0
    var total = 0.0
    for (effect, weight) in zip(effects, weights) {
      weighted += effect * weight
      total += weight
    }
    return effects.map { (($0 - weighted / total) * 10_000).rounded() / 10_000 }
  }
}
