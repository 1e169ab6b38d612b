import Tables

/// A seeded, made-up history of business leads whose true model is known.
///
/// The same seed and options give the same rows on every platform. A row depends on the seed and its
/// number only: a smaller history is the beginning of a larger one, and rows from a later
/// `firstRow` on are new leads of the same world.
public struct LeadSimulation: Sendable {
  /// The seed of all randomness.
  public let seed: UInt64

  /// What is simulated.
  public let options: Options

  let world: SimulatedWorld

  /// Creates a simulation.
  ///
  /// - Throws: `SimulationError` where an option is out of its range.
  public init(seed: UInt64, options: Options = Options()) throws(SimulationError) {
    try options.check()
    self.seed = seed
    self.options = options
    world = SimulatedWorld(seed: seed, options: options)
  }

  /// What was planted, with the names of the English file or the German one.
  public func truth(german: Bool = false) -> PlantedTruth {
    PlantedTruth(seed: seed, options: options, world: world, german: german)
  }

  /// Rows `firstRow` to `firstRow + count - 1`, with their true probabilities.
  ///
  /// - Precondition: neither is negative.
  public func rows(firstRow: Int = 0, count: Int) -> SimulatedLeads {
    precondition(firstRow >= 0 && count >= 0, "rows are counted from 0")
    return SimulatedLeads(
      simulation: self, block: LeadBlock(rows: firstRow..<firstRow + count, of: self))
  }

  /// The form of a history.
  public enum Form: String, Codable, Sendable, CaseIterable {
    /// What a CRM holds: skewed counts and amounts, gaps, dates, long lists of levels.
    case history

    /// What a linear model can express exactly, for tests of its intervals.
    case linear
  }

  /// What is simulated.
  public struct Options: Sendable {
    /// The form of the history.
    public var form = Form.history

    /// The number of job titles, 1 to 2,000.
    public var jobTitles = 200

    /// The share of categorical cells, 0 to 1, that hold a level no history holds.
    public var unseenShare = 0.0

    /// Whether there is an outcome column.
    public var includesOutcome = true

    /// The change of the logit in a year: the market changes a little.
    public var driftPerYear = 0.06

    /// The first day on which leads are created, counted from 1970-01-01; by default 2020-01-01.
    public var firstDay = 18262

    /// The number of days on which leads are created; by default to the end of 2024.
    public var dayCount = 1827

    /// Creates the default options.
    public init() {}

    func check() throws(SimulationError) {
      guard (0...1).contains(unseenShare) else { throw .unseenShare(unseenShare) }
      guard (1...Word.jobTitleLimit).contains(jobTitles) else { throw .jobTitles(jobTitles) }
      guard abs(driftPerYear) <= 10 else { throw .drift(driftPerYear) }
      let days = 0..<CalendarDay.years0To9999.upperBound
      guard dayCount > 0, days.contains(firstDay), dayCount <= days.upperBound - firstDay else {
        throw .window(firstDay: firstDay, dayCount: dayCount)
      }
    }
  }
}

/// Why there is no such simulation.
public enum SimulationError: Error, Equatable, CustomStringConvertible {
  case unseenShare(Double)
  case jobTitles(Int)
  case drift(Double)
  case window(firstDay: Int, dayCount: Int)

  public var description: String {
    switch self {
    case .unseenShare(let share):
      "the share of unseen levels is from 0 to 1; found \(share)"
    case .jobTitles(let count):
      "there can be 1 to \(Word.jobTitleLimit) job titles; found \(count)"
    case .drift(let drift):
      "the drift is from -10 to 10 a year; found \(drift)"
    case .window(let first, let count):
      "leads are created on at least 1 day of the years 1970 to 9999; found \(count) days "
        + "from day \(first) after 1970-01-01"
    }
  }
}
