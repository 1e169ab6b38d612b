import ArgumentParser
import Parallelism

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
      ? ("%", Double(MachineMemory.bytes) / 100) : units.first { folded.hasSuffix($0.0) }
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
}
