/// What a simulation planted: the logit of `converted` against lost and churned, term by term.
///
/// A row's logit is the intercept, plus each field's effect, plus `driftPerYear` times the years from
/// `driftOrigin` to its created date. Leads that are `open` are so by chance alone.
public struct PlantedTruth: Codable, Sendable, Equatable {
  /// The seed that the effects of levels were drawn by.
  public let seed: UInt64

  /// The form of the history.
  public let form: LeadSimulation.Form

  /// The logit of a lead whose fields all have effect 0, at `driftOrigin`.
  public let intercept: Double

  /// The change of the logit in a year of 365.25 days.
  public let driftPerYear: Double

  /// The day without drift, counted from 1970-01-01.
  public let driftOrigin: Double

  /// The effects of numeric fields, by column name.
  public let numbers: [String: Number]

  /// The effects of levels, by column name and level.
  ///
  /// Their mean, weighted by frequency, is 0 but for rounding to four digits. A missing level's
  /// effect is 0, and a new level's that of the level in whose place it stands.
  public let levels: [String: [String: Double]]

  /// The effects of true against false, by column name; a missing flag counts as false.
  public let flags: [String: Double]

  /// The effect of a numeric field.
  public struct Number: Codable, Sendable, Equatable {
    /// The change of the logit by one `standardDeviation`.
    public let coefficient: Double

    /// The function of the value that acts.
    public let scale: Scale

    /// What is taken off the scaled value, and what it is then divided by.
    public let mean, standardDeviation: Double

    /// The part of the logit, in place of the value's, where it is missing.
    public let effectWhenMissing: Double
  }

  /// How a value acts: as it is, or as the logarithm of one more.
  public enum Scale: String, Codable, Sendable { case identity, log1p }
}

extension PlantedTruth {
  init(seed: UInt64, options: LeadSimulation.Options, world: SimulatedWorld, german: Bool) {
    self.seed = seed
    form = options.form
    intercept = world.fields.intercept
    driftPerYear = world.driftPerYear
    driftOrigin = SimulatedWorld.driftOrigin
    var numbers: [String: Number] = [:]
    for field in world.fields.numbers {
      numbers[field.name.text(german: german)] = Number(
        coefficient: field.law.coefficient, scale: field.law.scale, mean: field.law.mean,
        standardDeviation: field.law.deviation, effectWhenMissing: field.law.missingEffect)
    }
    var levels: [String: [String: Double]] = [:]
    for (field, effects) in zip(world.fields.categories, world.effects) {
      var named: [String: Double] = [:]
      for (word, effect) in zip(field.words, effects) { named[word.text(german: german)] = effect }
      levels[field.name.text(german: german)] = named
    }
    var flags: [String: Double] = [:]
    for field in world.fields.flags { flags[field.name.text(german: german)] = field.law.effect }
    self.numbers = numbers
    self.levels = levels
    self.flags = flags
  }
}
