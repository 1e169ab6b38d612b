import FoundationEssentials

/// The present day, in UTC.
enum Clock {
  /// Days since 1970-01-01; `SOURCE_DATE_EPOCH` (seconds), as builds use it, stands in for the clock.
  static var today: Double {
    let fixed = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Double($0) }
    return ((fixed ?? Date().timeIntervalSince1970) / 86_400).rounded(.down)
  }
}
