import FeatureEncoding
import Tables

/// The text of a term's cells in reasons: `country = Germany`.
struct ReasonText: Sendable {
  private enum Cells {
    case numbers, dates
    /// The word of each code: missing, then the flag's two or the named levels, then all others.
    case words([String])
    /// The column's own text.
    case texts
  }

  /// The column's name.
  let field: String

  private let cells: Cells

  init(_ term: ModelTerm) {
    field = term.name
    switch term.field.rule {
    case .numeric, .curve: cells = .numbers
    case .date, .dateCurve: cells = .dates
    case .flag(let encoding): cells = .words(["(missing)", encoding.falseWord, encoding.trueWord])
    case .words, .list: cells = .texts
    case .category(let encoding):
      cells = .words(["(missing)"] + encoding.levels.map(\.name) + ["(other)"])
    }
  }

  /// The cell of a row of a column that was read for the term.
  func value(of column: Column, row: Int) -> String {
    switch (cells, column.values) {
    case (.numbers, .numeric(let numbers)):
      numbers[row].isNaN ? "(missing)" : shortest(numbers[row])
    case (.dates, .date(let days)):
      days[row].isNaN ? "(missing)" : CalendarDay.text(days[row])
    case (.words(let words), .flag(let flags)): words[Int(flags.codes[row])]
    case (.words(let words), .category(let categories)): words[Int(categories.codes[row])]
    case (.texts, .category(let categories)):
      categories.codes[row] == 0
        ? "(missing)" : categories.levels[Int(categories.codes[row]) - 1]
    default: preconditionFailure("column \"\(field)\" is not of the kind that was asked for")
    }
  }
}
