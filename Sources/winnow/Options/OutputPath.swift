import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a result is to be written.
enum OutputPath {
  /// - Throws: `ValidationError` where a result would replace a file that the run reads.
  static func check(_ output: String, option: String, inputs: [String?]) throws {
    for case let input? in inputs where input != "-" && isSameFile(output, input) {
      throw ValidationError(
        "\(option) \(output) is a file that this run reads; name another, or it would be lost")
    }
  }

  /// - Throws: `ValidationError` where a model would go to standard output, among the report.
  static func checkModel(_ path: String, option: String) throws {
    guard path != "-" else {
      throw ValidationError("\(option) is a file: standard output is for the report")
    }
  }

  private static func isSameFile(_ first: String, _ second: String) -> Bool {
    var one = stat()
    var other = stat()
    guard unsafe stat(first, &one) == 0, unsafe stat(second, &other) == 0 else { return false }
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino
      && one.st_mode & S_IFMT == S_IFREG
  }
}
