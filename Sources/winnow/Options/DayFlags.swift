import ArgumentParser
import LeadScoring
import Tables

/// From which day dates count, where leads have no date of creation.
struct DayFlags: ParsableArguments {
  @Option(
    help: """
      The day from which dates count if leads have no date of creation (default: the newest date of the model's \
      history, moved on by the days since training).
      """)
  var asOf: String?

  func validate() throws { _ = try given() }

  /// The day for a model, in days since 1970-01-01.
  func day(for model: LeadModel) throws -> Double {
    try given() ?? model.referenceDay(on: Clock.today)
  }

  private func given() throws -> Double? {
    guard let asOf else { return nil }
    guard let day = CalendarDay.days(asOf) else {
      throw ValidationError("--as-of is a day such as 2026-11-23; found \"\(asOf)\"")
    }
    return day
  }
}
