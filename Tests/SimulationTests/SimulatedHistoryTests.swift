import Foundation
import Simulation
import Tables
import Testing

@Suite("Simulated history")
struct SimulatedHistoryTests {
  /// FNV-1a, 64 bits.
  static func checksum(_ bytes: [UInt8]) -> String {
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }

  static func bytes(_ history: SimulatedHistory) -> [UInt8] {
    var bytes: [UInt8] = []
    history.write { bytes += $0 }
    return bytes
  }

  static func file(
    seed: UInt64 = 7, firstRow: Int = 0, count: Int, german: Bool = false,
    form: LeadSimulation.Form = .history
  ) throws -> [UInt8] {
    var options = LeadSimulation.Options()
    options.form = form
    let simulation = try LeadSimulation(seed: seed, options: options)
    return bytes(
      SimulatedHistory(simulation, firstRow: firstRow, count: count, german: german))
  }

  /// The cells of a file, by RFC 4180.
  static func records(_ bytes: [UInt8], separator: Character, encoding: String.Encoding) throws
    -> [[String]]
  {
    let text = try #require(String(bytes: bytes, encoding: encoding))
    var records: [[String]] = [[""]]
    var isQuoted = false
    var last: Character = " "
    for character in text {
      switch character {
      case "\"":
        if !isQuoted, last == "\"" {
          records[records.count - 1][records[records.count - 1].count - 1] += "\""
        }
        isQuoted.toggle()
      case separator where !isQuoted: records[records.count - 1].append("")
      case "\n" where !isQuoted, "\r\n" where !isQuoted: records.append([""])
      default: records[records.count - 1][records[records.count - 1].count - 1].append(character)
      }
      last = character
    }
    #expect(records.last == [""], "the file ends with a line end")
    return records.dropLast()
  }

  @Test("a seed gives the same bytes everywhere and for good")
  func golden() throws {
    #expect(Self.checksum(try Self.file(count: 1000)) == "63e96fe2ecb4217")
    #expect(Self.checksum(try Self.file(count: 1000, german: true)) == "d9bc251dce448d19")
    #expect(Self.checksum(try Self.file(count: 1000, form: .linear)) == "1335a97d8d2a2e7f")
  }

  @Test("a smaller file is the beginning of a larger one")
  func prefix() throws {
    let large = try Self.file(count: SimulatedHistory.rowsPerPiece + 100)
    let small = try Self.file(count: 5000)
    #expect(small.count < large.count && Array(large.prefix(small.count)) == small)
  }

  @Test("pieces do not show where they were joined")
  func pieces() throws {
    let rows = SimulatedHistory.rowsPerPiece
    let whole = try Self.file(count: rows + 10)
    let second = try Self.file(firstRow: rows, count: 10)
    let header = try Self.file(count: 0)
    #expect(
      Array(whole.suffix(second.count - header.count)) == Array(second.dropFirst(header.count)))
  }

  @Test("the English file holds the table", arguments: LeadSimulation.Form.allCases)
  func english(form: LeadSimulation.Form) throws {
    try checkCells(german: false, form: form)
  }

  @Test("the German file holds the same table", arguments: LeadSimulation.Form.allCases)
  func german(form: LeadSimulation.Form) throws {
    try checkCells(german: true, form: form)
  }

  private func checkCells(german: Bool, form: LeadSimulation.Form) throws {
    var options = LeadSimulation.Options()
    options.form = form
    options.unseenShare = 0.05
    let simulation = try LeadSimulation(seed: 5, options: options)
    let bytes = Self.bytes(SimulatedHistory(simulation, firstRow: 40, count: 500, german: german))
    let records = try Self.records(
      bytes, separator: german ? ";" : ",", encoding: german ? .windowsCP1252 : .utf8)
    let leads = simulation.rows(firstRow: 40, count: 500)
    let table = leads.table(german: german)
    #expect(records[0] == table.columnNames)
    #expect(records.count == 501)
    for (position, column) in table.columns.enumerated() {
      for row in 0..<500 {
        let cell = records[row + 1][position]
        #expect(Self.matches(cell, column, row, german: german), "\(column.name): \(cell)")
      }
    }
    // The numbers do not depend on the language.
    for (one, other) in zip(table.columns, leads.table().columns) {
      if case .numeric(let values) = one.values, case .numeric(let others) = other.values {
        #expect(zip(values, others).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
      }
    }
  }

  private static func matches(_ cell: String, _ column: Column, _ row: Int, german: Bool) -> Bool {
    switch column.values {
    case .text(let texts): return cell == texts.string(at: row)
    case .flag(let flags):
      return cell
        == ["", german ? "FALSCH" : "false", german ? "WAHR" : "true"][Int(flags.codes[row])]
    case .category(let categories):
      return cell == ([""] + categories.levels)[Int(categories.codes[row])]
    case .numeric(let values):
      let text =
        german ? cell.replacing(".", with: "").replacing(",", with: ".") : cell
      return values[row].isNaN ? cell.isEmpty : Double(text) == values[row]
    case .date(let days):
      if days[row].isNaN { return cell.isEmpty }
      let formatter = DateFormatter()
      formatter.timeZone = .gmt
      formatter.locale = Locale(identifier: "en_US_POSIX")
      let hasTime = cell.contains(":")
      formatter.dateFormat = (german ? "dd.MM.yyyy" : "yyyy-MM-dd") + (hasTime ? " HH:mm:ss" : "")
      guard let date = formatter.date(from: cell) else { return false }
      return abs(date.timeIntervalSince1970 / 86400 - days[row]) < 1e-9
    }
  }

  @Test("German numbers have points between thousands and a decimal comma")
  func germanNumbers() throws {
    let records = try Self.records(
      Self.file(count: 200, german: true), separator: ";", encoding: .windowsCP1252)
    let revenues = records.dropFirst().map { $0[4] }
    #expect(revenues.contains { $0.wholeMatch(of: /[0-9]{1,3}(\.[0-9]{3})+,00/) != nil })
    #expect(revenues.allSatisfy { $0.wholeMatch(of: /([0-9]{1,3}(\.[0-9]{3})*,00)?/) != nil })
    #expect(records.dropFirst().allSatisfy { $0[9].wholeMatch(of: /([0-9]+,[0-9]{2})?/) != nil })
    #expect(
      Set(records.dropFirst().map { $0[23] }) == ["gewonnen", "verloren", "gekündigt", "offen"])
  }

  @Test("company names have commas and quotes, and come back whole")
  func companies() throws {
    let records = try Self.records(Self.file(count: 500), separator: ",", encoding: .utf8)
    let names = records.dropFirst().map { $0[1] }
    #expect(names.contains { $0.contains("\"Group\"") })
    #expect(names.contains { $0.hasSuffix(", Inc.") })
    #expect(records.allSatisfy { $0.count == 24 })
  }
}
