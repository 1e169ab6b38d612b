import DataSources
import Foundation
import LeadScoring
import Simulation
import Tables

/// Histories of leads for tests, as files that are there for one reading.
enum MadeUpLeads {
  /// Reads a text as a file of leads.
  static func file(_ text: String, options: ReadingOptions = ReadingOptions()) throws -> LeadFile {
    try onDisk(text) { try LeadReader.read(path: $0, options: options) }
  }

  /// Gives a body the path of a file with a text.
  static func onDisk<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("winnow-leads-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer {
      do { try FileManager.default.removeItem(at: url) } catch { print("left behind: \(url)") }
    }
    return try body(url.path)
  }

  /// A simulated history as text.
  static func history(rows: Int, seed: UInt64 = 5) throws -> String {
    var bytes: [UInt8] = []
    SimulatedHistory(try LeadSimulation(seed: seed), count: rows).write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A seeded history of five features whose outcome depends on all of them; every cell may be missing.
  ///
  /// - Parameter weighted: Whether the last column holds weights of 1 to 3.
  static func small(rows: Int, seed: UInt64 = 1, weighted: Bool = false) -> String {
    var random = SplitMix(state: seed)
    var text = "size,pages,country,opted_in,last_seen,outcome" + (weighted ? ",copies" : "") + "\n"
    let countries = ["Germany", "France", "Spain", "Chile", "Peru"]
    for row in 0..<rows {
      let size = random.unit() * 100
      let pages = Int(-3 * log(1 - random.unit()) * 4)
      let country = Int(random.unit() * random.unit() * 5)
      let isOptedIn = random.unit() < 0.4
      let days = Int(random.unit() * 300)
      let eta =
        0.03 * size - 2.5 + 0.08 * Double(pages) - 0.4 * Double(country) + (isOptedIn ? 0.7 : 0)
        - 0.002 * Double(days)
      let converted = random.unit() < 1 / (1 + exp(-eta))
      func cell(_ text: String) -> String { random.unit() < 0.08 ? "" : text }
      let date = CalendarDay.text(20_000 - Double(days))
      text += [
        cell(String(format: "%.3f", size)), cell("\(pages)"), cell(countries[country]),
        cell(isOptedIn ? "yes" : "no"), cell(date), converted ? "won" : "lost",
      ].joined(separator: ",")
      text += weighted ? ",\(1 + row % 3)\n" : "\n"
    }
    return text
  }

  /// A text's lines after its header, changed by a function.
  static func changingRows(of text: String, _ change: ([String]) -> [String]) -> String {
    let lines = text.split(separator: "\n").map(String.init)
    return ([lines[0]] + change(Array(lines.dropFirst()))).joined(separator: "\n") + "\n"
  }
}

/// The generator SplitMix64: the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number from 0 up to but not including 1.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
