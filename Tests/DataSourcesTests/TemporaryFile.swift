import Foundation
import Tables

@testable import DataSources

/// A file that a test writes and that goes with it.
final class TemporaryFile {
  let path: String

  init(_ bytes: [UInt8], suffix: String = ".csv") throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + suffix).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  convenience init(_ text: String, suffix: String = ".csv") throws {
    try self.init(Array(text.utf8), suffix: suffix)
  }

  deinit { unlink(path) }
}

/// Reads a text as a file.
func readLeads(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws
  -> LeadFile
{
  try readLeads(Array(text.utf8), change)
}

/// Reads bytes as a file.
func readLeads(_ bytes: [UInt8], _ change: (inout ReadingOptions) -> Void = { _ in }) throws
  -> LeadFile
{
  var options = ReadingOptions()
  change(&options)
  let file = try TemporaryFile(bytes)
  return try withExtendedLifetime(file) { try LeadReader.read(path: file.path, options: options) }
}

/// The message of the error that reading a text gives, without the file's name.
func message(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws -> String {
  try message(Array(text.utf8), change)
}

/// The message of the error that reading bytes gives, without the file's name.
func message(_ bytes: [UInt8], _ change: (inout ReadingOptions) -> Void = { _ in }) throws -> String
{
  var options = ReadingOptions()
  change(&options)
  let file = try TemporaryFile(bytes)
  do throws(SourceError) {
    defer { withExtendedLifetime(file) {} }
    _ = try LeadReader.read(path: file.path, options: options)
    return "no error"
  } catch {
    return error.description.replacingOccurrences(of: file.path, with: "FILE")
  }
}

extension LeadFile {
  /// The cells of a column as text, missing ones nil, in a form that tests can write down.
  func cells(_ name: String) -> [String?] {
    guard let column = table[name] else { return ["no column \(name)"] }
    switch column.values {
    case .numeric(let numbers), .date(let numbers):
      return numbers.map { $0.isNaN ? nil : "\($0)" }
    case .category(let categories):
      return categories.codes.map {
        $0 == 0 ? nil : $0 > categories.levels.count ? "unknown" : categories.levels[Int($0) - 1]
      }
    case .flag(let flags):
      return flags.codes.map { $0 == 0 ? nil : $0 == 1 ? flags.falseWord : flags.trueWord }
    case .text(let texts):
      return (0..<texts.count).map { texts[$0].isEmpty ? nil : texts.string(at: $0) }
    }
  }

  func numbers(_ name: String) -> [Double] {
    switch table[name]?.values {
    case .numeric(let numbers), .date(let numbers): numbers.doubles
    default: []
    }
  }

  func kind(_ name: String) -> ColumnKind? { table[name]?.kind }
}

/// A generator whose numbers are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
