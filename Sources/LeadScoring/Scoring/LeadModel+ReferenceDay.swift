import Tables

extension LeadModel {
  /// The day from which dates count when leads are scored on a day, in days since 1970-01-01.
  ///
  /// At training it was the newest date in the history. It moves on with the calendar: a model of
  /// fresh data counts from the day of scoring, and one of a ten-year-old export from that time, so
  /// that an age in days means what it meant at training.
  public func referenceDay(on today: Double) -> Double {
    guard case .day(let day) = dateReference, let trainedOn = CalendarDay.days(trained) else {
      return today
    }
    return day + max(0, today - trainedOn)
  }
}
