import FeatureEncoding
import Parallelism
import Tables

extension ModelTerm {
  /// Rows of a table's column as a scorer reads them: a category's codes are of the term's levels.
  ///
  /// - Precondition: the column is of the term's kind.
  fileprivate func column(from column: Column, rows: [Int]) -> Column {
    let values: Column.Values
    switch (field.rule, column.values) {
    case (_, .numeric(let numbers)): values = .numeric(Numbers(numbers.rows(rows)))
    case (_, .date(let days)): values = .date(Numbers(days.rows(rows)))
    case (_, .flag(let flags)):
      values = .flag(
        Flags(
          codes: rows.map { flags.codes[$0] }, falseWord: flags.falseWord,
          trueWord: flags.trueWord))
    case (.category(let encoding), .category(let categories)):
      var codes: [String: UInt32] = [:]
      for (index, level) in encoding.levels.enumerated() { codes[level.name] = UInt32(index + 1) }
      let unseen = UInt32(encoding.levels.count + 1)
      let recoding = [0] + categories.levels.map { codes[$0] ?? unseen }
      values = .category(
        Categories(
          codes: categories.codes.rows(rows).translated(by: recoding),
          levels: encoding.levels.map(\.name)))
    case (.words, .category(let categories)), (.list, .category(let categories)):
      values = .category(
        Categories(codes: categories.codes.rows(rows), levels: categories.levels))
    default: preconditionFailure("column \"\(column.name)\" is of another kind than its term")
    }
    return Column(name: name, values: values)
  }
}

extension LogitScorer {
  /// The logits of rows of a history that was read whole.
  ///
  /// - Precondition: the table has the columns of all terms, of their kinds.
  func logits(of table: Table, rows: [Int], terms: [ModelTerm]) -> [Double] {
    let size = 32_768
    return Parallel.map((rows.count + size - 1) / size) { job in
      let part = rows[job * size..<min(rows.count, (job + 1) * size)]
      return block(of: table, rows: Array(part), terms: terms).logits
    }.flatMap { $0 }
  }

  /// The weighted standard deviation of each term's shares over rows of a history.
  func spreads(of table: Table, rows: LearningRows, terms: [ModelTerm]) -> [Double] {
    let size = 65_536
    var sums = terms.map { _ in (share: 0.0, square: 0.0) }
    for first in stride(from: 0, to: rows.rows.count, by: size) {
      let range = first..<min(first + size, rows.rows.count)
      let block = block(of: table, rows: Array(rows.rows[range]), terms: terms)
      for (index, shares) in block.shares.enumerated() {
        for (share, weight) in zip(shares, rows.weights[range]) {
          sums[index].share += weight * share
          sums[index].square += weight * share * share
        }
      }
    }
    let total = rows.weights.reduce(0, +)
    return sums.map {
      max(0, $0.square / total - $0.share / total * ($0.share / total)).squareRoot()
    }
  }

  private func block(of table: Table, rows: [Int], terms: [ModelTerm]) -> Block {
    var columns: [Column] = []
    for term in terms {
      guard let column = table[term.field.column] else {
        preconditionFailure("column \"\(term.field.column)\" was there at training")
      }
      columns.append(term.column(from: column, rows: rows))
    }
    if case .column(let name) = reference, case .date(let days)? = table[name]?.values {
      columns.append(Column(name: name, values: .date(Numbers(days.rows(rows)))))
    }
    do {
      return score(try Table(columns: columns))
    } catch {
      preconditionFailure("columns of one table make a table: \(error)")
    }
  }
}
