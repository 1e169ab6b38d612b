import FeatureEncoding
import Tables

/// The text of a term's cells in reasons: `country = Germany`.
struct ReasonText: Sendable {
  private enum Cells {
    case numbers, dates
    /// The word of each code: missing, then the flag's two or the named levels, then all others.
    case words([String])
    /// The names of a date's parts.
    case parts(DatePartEncoding.Part)
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
    case .datePart(let encoding): cells = .parts(encoding.part)
    case .category(let encoding):
      cells = .words(["(missing)"] + encoding.levels.map(\.name) + ["(other)"])
    }
  }

  /// What a cell without a value shows, then each code's word or each name of a date's parts.
  var words: [String] {
    switch cells {
    case .words(let words): words
    case .parts(let part): ["(missing)"] + part.names
    case .numbers, .dates, .texts: ["(missing)"]
    }
  }

  /// A text as a reason shows it: a cell may hold a whole letter.
  static func shortened(_ text: String) -> String {
    text.utf8.count > 60 && text.count > 60 ? text.prefix(57) + "..." : text
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
    case (.parts(let part), .date(let days)):
      days[row].isNaN
        ? "(missing)" : part.names[part.place(ofDay: Int(days[row].rounded(.down)))]
    case (.texts, .category(let categories)):
      categories.codes[row] == 0
        ? "(missing)" : Self.shortened(categories.levels[Int(categories.codes[row]) - 1])
    default: preconditionFailure("column \"\(field)\" is not of the kind that was asked for")
    }
  }
}

/// The texts of all reasons that a model may give: of its terms, then of its pairs.
struct ReasonTexts: Sendable {
  private let texts: [ReasonText]
  /// The positions of each pair's terms.
  private let pairs: [(name: String, terms: [Int])]

  init(_ model: LeadModel) {
    texts = model.terms.map { ReasonText($0) }
    let place = Dictionary(
      uniqueKeysWithValues: model.terms.enumerated().map { ($0.element.name, $0.offset) })
    pairs = model.pairs.map { pair in (pair.name, pair.axes.compactMap { place[$0.field] }) }
  }

  /// The field, or the two, and what a row has there.
  ///
  /// - Parameter columns: The column of each term.
  func text(of reason: Reason, columns: [Column?], row: Int) -> (field: String, value: String) {
    if reason.term < texts.count {
      return (texts[reason.term].field, value(reason.term, columns, row))
    }
    let pair = pairs[reason.term - texts.count]
    return (pair.name, pair.terms.map { value($0, columns, row) }.joined(separator: " & "))
  }

  private func value(_ term: Int, _ columns: [Column?], _ row: Int) -> String {
    columns[term].map { texts[term].value(of: $0, row: row) } ?? ""
  }
}
