import CKernels
import DataSources
import FeatureEncoding
import Parallelism
import Tables

/// Appends reasons to bytes, as `country = Germany (+0.82); employees = 25 (-0.41)`: what `ReasonTexts`
/// says, without a `String` for each.
///
/// Names and words are bytes that were made once, numbers and dates become digits where they stand:
/// about 25 ns a reason, against 700 of joined strings.
struct ReasonBytes: Sendable {
  /// What a term's cells show, as in `ReasonText`.
  private enum Cells: Equatable {
    case numbers, dates, words, texts
    case parts(DatePartEncoding.Part)
  }

  private struct Term {
    let cells: Cells
    /// Whether these are words: asked of every reason.
    let areWords: Bool
    /// Where the term's words begin among those of all terms.
    let firstWord: Int
  }

  private let terms: [Term]
  /// The word of each code of each term: missing, then the levels that the model names, and all others.
  private let words: PaddedTexts
  /// What stands before a word's share: `; country = Germany`.
  private let openings: PaddedTexts
  private let openingIsPlain: [Bool]
  /// What stands before a reason's value, of terms and then of pairs: `; country = `.
  private let headings: PaddedTexts
  private let headingIsPlain: [Bool]
  /// Whether what joins reasons, and shares and numbers, leave a cell plain.
  private let joinerIsPlain: Bool
  private let digitsArePlain: Bool
  /// The positions of each pair's terms.
  private let pairs: [(first: Int, second: Int)]
  private let style: CSVWriter.Style

  init(_ model: LeadModel, style: CSVWriter.Style) {
    self.style = style
    let texts = model.terms.map { ReasonText($0) }
    var terms: [Term] = []
    var words: [String] = []
    var openings: [[UInt8]] = []
    for (term, text) in zip(model.terms, texts) {
      let cells: Cells =
        switch term.field.rule {
        case .numeric, .curve: .numbers
        case .date, .dateCurve: .dates
        case .flag, .category: .words
        case .words, .list: .texts
        case .datePart(let encoding): .parts(encoding.part)
        }
      terms.append(Term(cells: cells, areWords: cells == .words, firstWord: words.count))
      words += text.words
      let heading = Array("; \(text.field) = ".utf8)
      openings += text.words.map { heading + Array($0.utf8) }
    }
    let headings = (texts.map(\.field) + model.pairs.map(\.name)).map { Array("; \($0) = ".utf8) }
    func isPlain(_ text: String) -> Bool {
      CSVWriter.isPlain(inside: Array(text.utf8).span, style: style)
    }
    // What stands between reasons is looked at by itself.
    func isPlain(_ texts: [[UInt8]]) -> [Bool] {
      texts.map { CSVWriter.isPlain(inside: $0.span.extracting(2..<$0.count), style: style) }
    }
    self.terms = terms
    self.words = PaddedTexts(words)
    self.openings = PaddedTexts(openings)
    self.headings = PaddedTexts(headings)
    openingIsPlain = isPlain(openings)
    headingIsPlain = isPlain(headings)
    joinerIsPlain = isPlain("; ")
    digitsArePlain =
      isPlain("0123456789.-+e ()") && isPlain(" (missing) & inf")
      && style.decimalMark != style.separator && style.decimalMark != UInt8(ascii: "\"")
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

    /// Where no reasons are asked for.
    static var none: Columns { Columns(cells: []) }
  }

  /// The cells of a term's column: of one kind, or none.
  fileprivate struct ColumnCells {
    var numbers: [Double] = []
    /// In 32 bits: they are looked up one by one.
    var codes: [UInt32] = []
    var levels: [String] = []
  }

  /// The columns of a block's table that terms read.
  func columns(of table: Table, model: LeadModel) -> Columns {
    Columns(
      cells: model.terms.map { term in
        switch table[term.name]?.values {
        case .numeric(let numbers), .date(let numbers): ColumnCells(numbers: numbers.doubles)
        case .flag(let flags):
          ColumnCells(
            codes: unsafe Self.wide(flags.codes.count) {
              unsafe winnow_widen_8(flags.codes, 0, $0, $1)
            })
        case .category(let categories):
          ColumnCells(codes: Self.wide(categories.codes), levels: categories.levels)
        case .text, nil: preconditionFailure("column \"\(term.name)\" was asked for")
        }
      })
  }

  /// Codes in 32 bits.
  private static func wide(_ codes: LevelCodes) -> [UInt32] {
    switch codes.storage {
    case .shorts(let codes): unsafe wide(codes.count) { unsafe winnow_widen_16(codes, 0, $0, $1) }
    case .words(let codes): codes
    }
  }

  @unsafe private static func wide(
    _ count: Int, _ widen: (Int, UnsafeMutablePointer<UInt32>?) -> Void
  ) -> [UInt32] {
    var wide: [UInt32] = room(count)
    unsafe wide.withUnsafeMutableBufferPointer { unsafe widen(count, $0.baseAddress) }
    return wide
  }

  /// Appends a lead's reasons, as a cell of a file.
  func append(
    _ reasons: StrongestReasons, row: Int, columns: Columns, to text: inout TextBuffer
  ) {
    let start = text.count
    var isPlain = digitsArePlain
    for rank in 0..<reasons.most {
      let share = reasons.share(rank: rank, row: row)
      if share == 0 { break }
      let reason = reasons.term(rank: rank, row: row)
      // The first has no semicolon and no blank before it.
      let skipped = rank > 0 ? 0 : 2
      if rank == 1, !joinerIsPlain { isPlain = false }
      if reason < terms.count, terms[reason].areWords {
        let word = terms[reason].firstWord &+ Int(columns.cells[reason].codes[row])
        text.append(openings, word, skipping: skipped)
        if !openingIsPlain[word] { isPlain = false }
      } else {
        text.append(headings, reason, skipping: skipped)
        if !headingIsPlain[reason] { isPlain = false }
        appendValues(reason, columns, row, &text, &isPlain)
      }
      text.appendShare(share, decimalMark: style.decimalMark)
    }
    if text.count > start, !isPlain || Self.mayNeedMore(text[start]) {
      makeCell(from: start, &text)
    }
  }

  /// Whether a cell that begins so may need quotes or an apostrophe for that.
  @inline(__always)
  private static func mayNeedMore(_ first: UInt8) -> Bool {
    // Blanks, and what begins a formula, a byte-order mark or a sign of full width.
    first <= 0x20 || first >= 0x80 || first == UInt8(ascii: "=") || first == UInt8(ascii: "@")
      || first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
  }

  /// Makes a cell of the text from a place on, with what quotes and apostrophes it needs.
  @inline(never)
  private func makeCell(from start: Int, _ text: inout TextBuffer) {
    let plain = text.bytes(from: start)
    text.removeAll(from: start)
    text.append(CSVWriter.cell(plain.span, style: style).span)
  }

  /// Appends what the term or the pair of a reason has in a row.
  private func appendValues(
    _ reason: Int, _ columns: Columns, _ row: Int, _ text: inout TextBuffer, _ isPlain: inout Bool
  ) {
    guard reason >= terms.count else {
      return appendValue(reason, columns, row, &text, &isPlain)
    }
    let pair = pairs[reason - terms.count]
    appendValue(pair.first, columns, row, &text, &isPlain)
    text.append(word: 0x20_26_20, length: 3)
    appendValue(pair.second, columns, row, &text, &isPlain)
  }

  @inline(__always)
  private func appendValue(
    _ term: Int, _ columns: Columns, _ row: Int, _ text: inout TextBuffer, _ isPlain: inout Bool
  ) {
    let first = terms[term].firstWord
    switch terms[term].cells {
    case .words:
      let word = first + Int(columns.cells[term].codes[row])
      text.append(words, word)
      if !openingIsPlain[word] { isPlain = false }
    case .texts:
      let code = Int(columns.cells[term].codes[row])
      if code == 0 { return text.append(words, first) }
      let level = Array(ReasonText.shortened(columns.cells[term].levels[code - 1]).utf8)
      text.append(level.span)
      if !CSVWriter.isPlain(inside: level.span, style: style) { isPlain = false }
    case .numbers, .dates, .parts:
      let number = columns.cells[term].numbers[row]
      if number.isNaN {
        text.append(words, first)
      } else if case .parts(let part) = terms[term].cells {
        text.append(words, first + 1 + part.place(ofDay: Int(number.rounded(.down))))
      } else if terms[term].cells == .dates {
        text.appendDay(number)
      } else {
        text.appendShortest(number)
      }
    }
  }
}
