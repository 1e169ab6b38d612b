import Tables

/// Names for columns: trimmed, none empty, no two alike.
struct ColumnNames {
  private(set) var names: [String] = []
  private(set) var renamed: [RenamedColumn] = []

  /// Names from a header.
  init(header: [String]) {
    // A name the header has itself is not given to another column.
    let all = Set(header.map(Self.trimmed))
    var taken: Set<String> = []
    for (index, cell) in header.enumerated() {
      let wanted = Self.trimmed(cell)
      let base = wanted.isEmpty ? "column_\(index + 1)" : wanted
      var name = base
      var number = 2
      while taken.contains(name) || (name != wanted && all.contains(name)) {
        name = "\(base) (\(number))"
        number += 1
      }
      taken.insert(name)
      names.append(name)
      if name != wanted {
        renamed.append(RenamedColumn(position: index + 1, header: wanted, name: name))
      }
    }
  }

  /// Names for columns without a header: `column_1`, `column_2`.
  init(count: Int) { names = (0..<count).map { "column_\($0 + 1)" } }

  private static func trimmed(_ name: String) -> String {
    Tables.trimmed(name) { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\0" }
  }
}
