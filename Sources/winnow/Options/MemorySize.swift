import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Amounts of memory, as people write them.
enum MemorySize {
  /// The least that a training can do with.
  static let least = 300_000_000

  /// The share of this machine's memory that a training takes where nothing is said.
  static let usualShare = 0.75

  private static let units: [(String, Double)] = [
    ("kib", 1024), ("mib", 1_048_576), ("gib", 1_073_741_824), ("tib", 1_099_511_627_776),
    ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("tb", 1e12),
  ]

  /// The bytes of `4GB`, `500 MB`, `2GiB` or `50%` of this machine's memory.
  static func bytes(_ text: String, option: String) throws -> Int {
    let folded = text.lowercased().filter { $0 != " " }
    let unit =
      folded.hasSuffix("%")
      ? ("%", Double(total) / 100) : units.first { folded.hasSuffix($0.0) }
    guard let unit, let number = Double(folded.dropLast(unit.0.count)), number.isFinite, number > 0
    else {
      throw ValidationError(
        "\(option) is an amount of memory, as in 4GB, 500MB, 2GiB or 50%; found \"\(text)\"")
    }
    let bytes = number * unit.1
    guard bytes >= Double(least), bytes < 1e18 else {
      throw ValidationError("\(option) is \(least / 1_000_000)MB or more; found \"\(text)\"")
    }
    return Int(bytes)
  }

  /// An amount in words: `18.5 GB`.
  static func text(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000_000) / 100_000_000
    return "\(tenths / 10).\(tenths % 10) GB"
  }

  /// The bytes of memory that this process may use: the machine's, or what its container allows.
  static let total: Int = {
    let machine = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
    return [machine, containerLimit].compactMap { $0 }.filter { $0 > 0 }.min() ?? 8 << 30
  }()

  private static var containerLimit: Int? {
    for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
      guard let file = unsafe fopen(path, "r") else { continue }
      defer { unsafe _ = fclose(file) }
      var text = [CChar](repeating: 0, count: 64)
      guard unsafe fgets(&text, 64, file) != nil else { continue }
      let digits = text.prefix { $0 >= 48 && $0 <= 57 }.map { UInt8(bitPattern: $0) }
      return Int(String(decoding: digits, as: UTF8.self))
    }
    return nil
  }
}
