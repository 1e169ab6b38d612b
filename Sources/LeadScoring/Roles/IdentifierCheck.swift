import Tables

/// Finds columns that number or name rows and so cannot foretell anything.
enum IdentifierCheck {
  /// The share of different values above which words are names of rows.
  static let wordShare = 0.9

  /// The fewest rows by which a column can be told to be an identifier.
  static let fewestRows = 20

  /// Whether nearly every row that has a value has its own: exports hold a lead twice now and then.
  static func isNearlyUnique(_ column: Column) -> Bool {
    switch column.values {
    case .category(let categories):
      isNearlyUnique(
        values: categories.levels.count, rows: categories.codes.count { $0 > 0 })
    case .text: true
    case .numeric(let numbers):
      isNearlyUnique(
        values: Set(numbers.filter { !$0.isNaN }).count, rows: numbers.count { !$0.isNaN })
    case .flag, .date: false
    }
  }

  private static func isNearlyUnique(values: Int, rows: Int) -> Bool {
    rows > 0 && Double(values) >= wordShare * Double(rows)
  }

  /// Why a column is no feature though its values differ; nil if it may be one.
  ///
  /// A plain fit takes what it is given, as a statistician expects: there a number must also be named
  /// as an identifier, or not be named at all.
  ///
  /// - Parameter fileRows: The rows of the file, of which the column may have a sample.
  static func reason(_ column: Column, isPlain: Bool, fileRows: Int) -> String? {
    switch column.values {
    case .date where isPlain: return "a calendar date, which a plain fit does not take"
    case .text: return "too many different texts to be a category"
    case .category(let categories):
      // Of words that are few no more cells need be counted than show it.
      let most = max(fewestRows, Int(Double(categories.levels.count) / wordShare) + 1)
      var present = 0
      for code in categories.codes where code > 0 {
        present += 1
        if present > most { return nil }
      }
      guard present >= fewestRows,
        isNearlyUnique(values: categories.levels.count, rows: present)
      else { return nil }
      return "an identifier: \(categories.levels.count) different values in \(present) rows"
    case .numeric(let numbers):
      let needsName = isPlain && !column.name.hasPrefix("column_")
      return needsName && !isIdentifierName(column.name)
        ? nil : reasonForNumbers(numbers, name: column.name, fileRows: fileRows)
    case .flag, .date: return nil
    }
  }

  /// A number is an identifier if the name says so and nearly every row has its own whole one, or if
  /// they count the rows through with hardly a gap.
  private static func reasonForNumbers(
    _ cells: Numbers, name: String, fileRows: Int
  ) -> String? {
    if isIdentifierName(name) {
      let numbers = cells.filter { !$0.isNaN }
      guard numbers.count >= fewestRows, numbers.allSatisfy({ $0 == $0.rounded() }) else {
        return nil
      }
      let different = Set(numbers).count
      guard isNearlyUnique(values: different, rows: numbers.count) else { return nil }
      return different == cells.count
        ? "an identifier: every row has its own"
        : "an identifier: \(different) different values in \(numbers.count) rows"
    }
    return areNumbering(cells, of: fileRows) ? "a row number: every row has its own" : nil
  }

  /// Whether each cell has its own whole number, with hardly a gap between them.
  ///
  /// Every column of numbers comes here: so most are told by a few cells, and none needs a set of a million.
  ///
  /// - Parameter fileRows: The rows of the file, of which the cells may be a sample: gaps then are those of all rows.
  static func areNumbering(_ cells: Numbers, of fileRows: Int) -> Bool {
    // Most that are whole come twice soon.
    let head = cells.prefix(1000).sorted()
    guard zip(head, head.dropFirst()).allSatisfy({ $0 < $1 }) else { return false }
    guard cells.count >= fewestRows, cells.allSatisfy({ $0 == $0.rounded() }) else { return false }
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    cells.forEachPart(of: cells.indices) { part in
      for place in part.indices {
        lowest = min(lowest, part[place])
        highest = max(highest, part[place])
      }
    }
    guard highest - lowest < 2 * Double(fileRows) else { return false }
    guard highest - lowest < 2 * Double(cells.count) else {
      let sorted = cells.sorted()
      return zip(sorted, sorted.dropFirst()).allSatisfy { $0 < $1 }
    }
    var isTaken = [Bool](repeating: false, count: Int(highest - lowest) + 1)
    for cell in cells {
      let place = Int(cell - lowest)
      if isTaken[place] { return false }
      isTaken[place] = true
    }
    return true
  }

  private static func isIdentifierName(_ name: String) -> Bool {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    let marks: Set<Substring> = [
      "id", "number", "no", "nr", "nummer", "key", "index", "uuid", "guid",
    ]
    return words.contains { marks.contains($0) } || foldedName(name).hasSuffix("id")
      || foldedName(name).hasSuffix("nummer")
  }
}
