#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files under names that nothing else has.
enum TemporaryFile {
  /// Creates an empty file and opens it; the descriptor is below 0 where that fails, for the reason in `errno`.
  static func create(in folder: String, _ access: Int32, mode: mode_t)
    -> (descriptor: Int32, path: String)
  {
    var descriptor: Int32 = -1
    var path = ""
    repeat {
      path = folder + "/.winnow-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
      descriptor = unsafe open(path, access | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    } while descriptor < 0 && errno == EEXIST
    return (descriptor, path)
  }
}
