#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The present day, in UTC.
enum Clock {
  /// Days since 1970-01-01; `SOURCE_DATE_EPOCH` (seconds), as builds use it, stands in for the clock.
  static var today: Double {
    let fixed = unsafe getenv("SOURCE_DATE_EPOCH").flatMap { Double(unsafe String(cString: $0)) }
    return ((fixed ?? Double(time(nil))) / 86_400).rounded(.down)
  }
}
