import FeatureEncoding
import Tables

/// Appends reasons to bytes, as `country = Germany (+0.82); employees = 25 (-0.41)`: what `ReasonTexts`
/// says, without a `String` for each.
///
/// Names and words are bytes that were made once, numbers and dates become digits where they stand:
/// about 40 ns a reason, against 700 of joined strings.
struct ReasonBytes: Sendable {
  /// What a term's cells show, as in `ReasonText`.
  private enum Cells: Equatable {
    case numbers, dates, words, texts
    case parts(DatePartEncoding.Part)
  }

  private struct Term {
    let cells: Cells
    /// The word of each code: missing, then the levels that the model names, and all others.
    let words: Texts
    /// What stands before a word's share: `; country = Germany`.
    let openings: Texts
  }

  private let terms: [Term]
  /// What stands before a reason's value, of terms and then of pairs: `; country = `.
  private let headings: Texts
  /// The positions of each pair's terms.
  private let pairs: [(first: Int, second: Int)]

  init(_ model: LeadModel) {
    let texts = model.terms.map { ReasonText($0) }
    terms = zip(model.terms, texts).map { term, text in
      let cells: Cells =
        switch term.field.rule {
        case .numeric, .curve: .numbers
        case .date, .dateCurve: .dates
        case .flag, .category: .words
        case .words, .list: .texts
        case .datePart(let encoding): .parts(encoding.part)
        }
      return Term(
        cells: cells, words: Texts(text.words),
        openings: Texts(text.words.map { "; \(text.field) = \($0)" }))
    }
    headings = Texts((texts.map(\.field) + model.pairs.map(\.name)).map { "; \($0) = " })
    let place = Dictionary(
      uniqueKeysWithValues: model.terms.enumerated().map { ($0.element.name, $0.offset) })
    pairs = model.pairs.map { pair in
      guard let first = place[pair.first.field], let second = place[pair.second.field] else {
        preconditionFailure("pair \"\(pair.name)\" is of two terms of the model")
      }
      return (first, second)
    }
  }

  /// A block's columns, taken out of their table once.
  struct Columns {
    fileprivate let cells: [ColumnCells]
  }

  /// The cells of a term's column: of one kind, or none.
  fileprivate struct ColumnCells {
    var numbers: [Double] = []
    var codes: [UInt32] = []
    var levels: [String] = []
  }

  /// The columns of a block's table that terms read.
  func columns(of table: Table, model: LeadModel) -> Columns {
    Columns(
      cells: model.terms.map { term in
        switch table[term.name]?.values {
        case .numeric(let numbers), .date(let numbers): ColumnCells(numbers: numbers)
        case .flag(let flags): ColumnCells(codes: flags.codes.map { UInt32($0) })
        case .category(let categories):
          ColumnCells(codes: categories.codes, levels: categories.levels)
        case .text, nil: preconditionFailure("column \"\(term.name)\" was asked for")
        }
      })
  }

  /// Appends a lead's reasons.
  func append(
    _ reasons: StrongestReasons, row: Int, columns: Columns, decimalMark: UInt8,
    to text: inout TextBuffer
  ) {
    let first = row * reasons.most
    for place in first..<first + reasons.most {
      let share = reasons.shares[place]
      if share == 0 { return }
      let reason = Int(reasons.terms[place])
      // The first has no semicolon and no blank before it.
      let skipped = place > first ? 0 : 2
      if reason < terms.count, terms[reason].cells == .words {
        let code = Int(columns.cells[reason].codes[row])
        text.append(terms[reason].openings, code, skipping: skipped)
      } else {
        text.append(headings, reason, skipping: skipped)
        appendValues(reason, columns, row, &text)
      }
      text.appendShare(share, decimalMark: decimalMark)
    }
  }

  /// Appends what the term or the pair of a reason has in a row.
  private func appendValues(_ reason: Int, _ columns: Columns, _ row: Int, _ text: inout TextBuffer)
  {
    guard reason >= terms.count else {
      return appendValue(reason, columns.cells[reason], row, &text)
    }
    let pair = pairs[reason - terms.count]
    appendValue(pair.first, columns.cells[pair.first], row, &text)
    text.append(" & ")
    appendValue(pair.second, columns.cells[pair.second], row, &text)
  }

  private func appendValue(
    _ term: Int, _ column: borrowing ColumnCells, _ row: Int, _ text: inout TextBuffer
  ) {
    switch terms[term].cells {
    case .words: text.append(terms[term].words, Int(column.codes[row]))
    case .texts:
      let code = Int(column.codes[row])
      if code == 0 {
        text.append(terms[term].words, 0)
      } else {
        text.append(ReasonText.shortened(column.levels[code - 1]))
      }
    case .numbers, .dates, .parts:
      let number = column.numbers[row]
      if number.isNaN {
        text.append(terms[term].words, 0)
      } else if case .parts(let part) = terms[term].cells {
        text.append(terms[term].words, 1 + part.place(ofDay: Int(number.rounded(.down))))
      } else if terms[term].cells == .dates {
        text.appendDay(number)
      } else {
        text.appendShortest(number)
      }
    }
  }
}

extension Texts {
  /// Puts texts into one buffer.
  init(_ texts: [String]) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for text in texts {
      bytes += text.utf8
      ends.append(bytes.count)
    }
    self.init(bytes: bytes, ends: ends)
  }
}
