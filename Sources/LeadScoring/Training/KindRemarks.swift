import Tables

/// Tells a person of columns that hold numbers or dates but for a few cells, and so are read as words.
struct KindRemarks {
  /// The share of known cells that must be numbers, or dates, for the others to be called odd.
  static let usualShare = 0.8

  /// The most cells of a column that are looked at.
  static let mostCells = 2000

  /// A sentence a column.
  let lines: [String]

  init(_ set: TrainingSet) {
    let special = [set.outcomeColumn.definition.column, set.roles.identifier]
    let excluded = Set(set.leftOut.filter { $0.reason == "excluded" }.map(\.name))
    lines = set.table.columns.compactMap { column in
      guard !special.contains(column.name), !excluded.contains(column.name) else { return nil }
      return Self.line(column)
    }
  }

  private static func line(_ column: Column) -> String? {
    var count = 0
    var like: [Likeness: Int] = [:]
    var odd: [Likeness: String] = [:]
    func look(_ cell: String, cells: Int = 1) {
      count += cells
      let found = Likeness(cell)
      for likeness in [Likeness.number, .date] {
        if found == likeness {
          like[likeness, default: 0] += cells
        } else if odd[likeness] == nil {
          odd[likeness] = cell
        }
      }
    }
    switch column.values {
    case .category(let categories):
      // Each level once, in the order in which they are met.
      var met: [UInt32] = []
      var cells = [Int](repeating: 0, count: categories.levels.count + 1)
      for code in categories.codes.lazy.filter({ $0 > 0 }).prefix(mostCells) {
        if cells[Int(code)] == 0 { met.append(code) }
        cells[Int(code)] += 1
      }
      for code in met { look(categories.levels[Int(code) - 1], cells: cells[Int(code)]) }
    case .text(let texts):
      for row in (0..<texts.count).prefix(mostCells) where !texts[row].isEmpty {
        look(texts.string(at: row))
      }
    case .numeric, .date, .flag: return nil
    }
    for (likeness, kind, name) in [
      (Likeness.number, "numeric", "numbers"), (.date, "date", "dates"),
    ] {
      guard let cells = like[likeness], let other = odd[likeness],
        Double(cells) >= usualShare * Double(count)
      else { continue }
      return
        "column \"\(column.name)\" holds \(name) but for cells such as \"\(shortened(other))\", and so is "
        + "read as words; correct them, or say --missing \"\(shortened(other))\" or --kind "
        + "\"\(column.name)=\(kind)\""
    }
    return nil
  }

  private static func shortened(_ text: String) -> String {
    text.count > 40 ? text.prefix(37) + "..." : text
  }
}

/// What a cell looks like at first sight; how a whole column is written is not asked.
private enum Likeness {
  case number, date, other

  init(_ cell: String) {
    let text = trimmed(cell)
    let parts = text.split(omittingEmptySubsequences: false) { ".-/".contains($0) }
    if parts.count == 3, let first = Int(parts[0]), let second = Int(parts[1]),
      let third = Int(parts[2].prefix { $0.isNumber })
    {
      self = Self.isDay(first, second, third) ? .date : .other
      return
    }
    // Leading zeros are of codes, as in 01067.
    let digits = text.drop { "+-".contains($0) }
    let isCode =
      digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true
    let number = Double(text.replacing(",", with: "."))
    self = number?.isFinite == true && !isCode ? .number : .other
  }

  /// Whether three numbers are a day in any of the usual orders.
  private static func isDay(_ first: Int, _ second: Int, _ third: Int) -> Bool {
    func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
      let full = year < 100 ? year + 2000 : year
      return (0...9999).contains(full)
        && CalendarDay.day(year: full, month: month, day: day) != nil
    }
    return isDay(first, second, third) || isDay(third, second, first) || isDay(third, first, second)
  }
}
