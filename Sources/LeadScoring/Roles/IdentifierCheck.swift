import Tables

/// Finds columns that number or name rows and so cannot foretell anything.
enum IdentifierCheck {
  /// The share of different values above which words are names of rows.
  static let wordShare = 0.9

  /// The fewest rows by which a column can be told to be an identifier.
  static let fewestRows = 20

  /// Whether every row has a value of its own.
  static func isUnique(_ column: Column) -> Bool {
    switch column.values {
    case .category(let categories):
      categories.levels.count == categories.codes.count
    case .text: true
    case .numeric(let numbers): Set(numbers).count == numbers.count
    case .flag, .date: false
    }
  }

  /// Why a column is no feature though its values differ; nil if it may be one.
  ///
  /// A plain fit takes what it is given, as a statistician expects: there a number must also be named
  /// as an identifier, or not be named at all.
  static func reason(_ column: Column, form: ModelForm) -> String? {
    switch column.values {
    case .date where form == .plain: return "a calendar date, which a plain fit does not take"
    case .text: return "too many different texts to be a category"
    case .category(let categories):
      let present = categories.codes.count { $0 > 0 }
      guard present >= fewestRows, Double(categories.levels.count) >= wordShare * Double(present)
      else { return nil }
      return "an identifier: \(categories.levels.count) different values in \(present) rows"
    case .numeric(let numbers):
      let needsName = form == .plain && !column.name.hasPrefix("column_")
      return needsName && !isIdentifierName(column.name)
        ? nil : reasonForNumbers(numbers, name: column.name)
    case .flag, .date: return nil
    }
  }

  /// A number is an identifier if every row has its own whole one, and either the name says so or
  /// they count the rows through with hardly a gap.
  private static func reasonForNumbers(_ numbers: [Double], name: String) -> String? {
    guard numbers.count >= fewestRows, numbers.allSatisfy({ $0 == $0.rounded() }) else {
      return nil
    }
    guard let lowest = numbers.min(), let highest = numbers.max() else { return nil }
    let isNumbering = highest - lowest < 2 * Double(numbers.count)
    guard isNumbering || isIdentifierName(name) else { return nil }
    guard Set(numbers).count == numbers.count else { return nil }
    return isNumbering && !isIdentifierName(name)
      ? "a row number: every row has its own" : "an identifier: every row has its own"
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
