/// Drawn rows, field by field within a row, before anybody asked for a table or a text.
struct LeadBlock: Sendable {
  let rows: Range<Int>

  /// Made-up company, by number.
  private(set) var companies: [UInt32]

  /// When the lead was created, in minutes since 1970-01-01.
  private(set) var created: [Int]

  /// Count x fields; NaN is missing.
  private(set) var numbers: [Double]

  /// Count x fields: 0 is missing, `k` the level `k - 1`; from the number of levels + 1 on, the new
  /// level in place of that level.
  private(set) var codes: [UInt32]

  /// Count x fields: 0 missing, 1 false, 2 true.
  private(set) var flags: [UInt8]

  /// The day of the last activity, since 1970-01-01; `missingDay` is missing.
  private(set) var lastActivity: [Int]

  /// The true probability that the lead converts.
  private(set) var probabilities: [Double]

  /// An index into `Word.outcomes`.
  private(set) var outcomes: [UInt8]

  static let missingDay = Int.min

  /// The share of leads without an outcome yet, and of the failed that had signed first.
  static let openShare = 0.06
  static let churnedShare = 0.1

  /// Draws rows of a simulation.
  init(rows: Range<Int>, of simulation: LeadSimulation) {
    let fields = simulation.world.fields
    let count = rows.count
    self.rows = rows
    companies = Array(repeating: 0, count: count)
    created = Array(repeating: 0, count: count)
    numbers = Array(repeating: 0, count: count * fields.numbers.count)
    codes = Array(repeating: 0, count: count * fields.categories.count)
    flags = Array(repeating: 0, count: count * fields.flags.count)
    lastActivity = Array(repeating: Self.missingDay, count: count)
    probabilities = Array(repeating: 0, count: count)
    outcomes = Array(repeating: 0, count: count)
    let world = simulation.world
    for index in 0..<count {
      draw(index, of: world, seed: simulation.seed, options: simulation.options)
    }
  }

  /// Draws one row; whatever the options, a row takes its random numbers in the same order.
  private mutating func draw(
    _ index: Int, of world: SimulatedWorld, seed: UInt64, options: LeadSimulation.Options
  ) {
    var random = RandomStream(seed: seed, stream: UInt64(rows.lowerBound + index))
    companies[index] = UInt32(random.below(CompanyName.count))
    created[index] = options.firstDay * 1440 + random.below(options.dayCount * 1440)
    let years = (Double(created[index]) / 1440 - SimulatedWorld.driftOrigin) / 365.25
    var eta = world.fields.intercept + world.driftPerYear * years
    eta += drawNumbers(index, of: world, from: &random)
    eta += drawCodes(index, of: world, unseenShare: options.unseenShare, from: &random)
    eta += drawFlags(index, of: world.flags, from: &random)
    let gap = 20 * random.exponential()
    if random.uniform() >= 0.2 { lastActivity[index] = created[index] / 1440 + Int(gap) }
    probabilities[index] = 1 / (1 + PortableMath.exp(-eta))
    let converts = random.uniform() < probabilities[index]
    let churns = random.uniform() < Self.churnedShare
    let isOpen = random.uniform() < Self.openShare
    outcomes[index] = isOpen ? 3 : converts ? 0 : churns ? 2 : 1
  }

  private mutating func drawNumbers(
    _ index: Int, of world: SimulatedWorld, from random: inout RandomStream
  ) -> Double {
    let start = index * world.numbers.count
    if world.fields.hasStory {
      drawHistory(at: start, from: &random)
    } else {
      drawNormals(at: start, world.numbers, from: &random)
    }
    var eta = 0.0
    for (offset, law) in world.numbers.enumerated() {
      if random.uniform() < law.missing { numbers[start + offset] = .nan }
      eta += law.effect(of: numbers[start + offset])
    }
    return eta
  }

  /// Counts, amounts and times that hang together: revenue grows with employees, and one latent
  /// interest drives visits and mails.
  private mutating func drawHistory(at start: Int, from random: inout RandomStream) {
    let (first, second) = random.normalPair()
    let (third, fourth) = random.normalPair()
    let size = 4 + 1.6 * first
    let interest = max(-4, min(4, third))
    numbers[start] = max(1, PortableMath.exp(size).rounded())
    numbers[start + 1] = PortableMath.exp(size + 11.2 + 0.8 * second).rounded()
    numbers[start + 2] = random.poisson(mean: PortableMath.exp(1.6 + 0.7 * interest))
    numbers[start + 3] = random.poisson(mean: PortableMath.exp(0.8 + 0.5 * interest))
    numbers[start + 4] = random.poisson(mean: PortableMath.exp(-0.2 + 0.6 * interest))
    numbers[start + 5] = (30 * random.exponential()).rounded()
    // A gamma variable of shape 1.5 is half a squared normal plus an exponential; of shape 2, the
    // sum of two exponentials.
    let minutes = 4 * (0.5 * fourth * fourth + random.exponential())
    numbers[start + 6] = (minutes * 100).rounded() / 100
    numbers[start + 7] = (8 * (random.exponential() + random.exponential())).rounded()
  }

  private mutating func drawNormals(
    at start: Int, _ laws: [NumericLaw], from random: inout RandomStream
  ) {
    for (offset, law) in laws.enumerated() {
      let value = law.mean + law.deviation * random.normalPair().0
      numbers[start + offset] = (value * 100).rounded() / 100
    }
  }

  private mutating func drawCodes(
    _ index: Int, of world: SimulatedWorld, unseenShare: Double, from random: inout RandomStream
  ) -> Double {
    let start = index * world.tables.count
    var eta = 0.0
    for (offset, missingShare) in world.missingShares.enumerated() {
      let level = world.tables[offset].draw(from: &random)
      let isMissing = random.uniform() < missingShare
      let isUnseen = random.uniform() < unseenShare
      guard !isMissing else { continue }
      eta += world.effects[offset][level]
      codes[start + offset] = UInt32(level + 1 + (isUnseen ? world.effects[offset].count : 0))
    }
    return eta
  }

  private mutating func drawFlags(
    _ index: Int, of laws: [FlagLaw], from random: inout RandomStream
  ) -> Double {
    let start = index * laws.count
    var eta = 0.0
    for (offset, law) in laws.enumerated() {
      let isTrue = random.uniform() < law.share
      let isMissing = random.uniform() < law.missing
      flags[start + offset] = isMissing ? 0 : isTrue ? 2 : 1
      if isTrue && !isMissing { eta += law.effect }
    }
    return eta
  }
}
