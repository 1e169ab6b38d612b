import Simulation

/// A simulated history as text.
struct History {
  /// The names of its columns.
  let columns: [String]
  /// Its records without the header.
  let records: [UInt8]
  let header: [UInt8]
  let rows: Int

  init(rows: Int) throws {
    let simulated = SimulatedHistory(try LeadSimulation(seed: 2026), count: rows)
    header = simulated.header
    columns = String(decoding: header, as: UTF8.self).dropLast().split(separator: ",").map(
      String.init)
    records = (0..<simulated.pieceCount).flatMap { simulated.piece($0) }
    self.rows = rows
  }

  /// The cells of a column, told by going byte by byte.
  func cells(of name: String) -> [String] {
    guard let wanted = columns.firstIndex(of: name) else { Benchmarks.fail("no column \(name)") }
    var cells: [String] = []
    var cell: [UInt8] = []
    var column = 0
    var isQuoted = false
    for byte in records {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, byte == UInt8(ascii: ",") || byte == 10 {
        if column == wanted { cells.append(String(decoding: cell, as: UTF8.self)) }
        cell.removeAll()
        column = byte == 10 ? 0 : column + 1
      } else if column == wanted {
        cell.append(byte)
      }
    }
    return cells
  }
}
