import FeatureEncoding

extension TermRecord {
  /// A word of a category's levels, or an entry of a list, and what it adds to the logit.
  struct PartRecord: Codable {
    /// The word, or nil in a list.
    var word: String?
    /// The entry, or nil in a category.
    var entry: String?
    var leads: Double
    var coefficient: Double
    var standardError: Double

    var estimate: Coefficient { Coefficient(value: coefficient, standardError: standardError) }
  }

  /// The kind of terms that are lists.
  static let listKind = "list"

  mutating func setWords(_ encoding: WordsEncoding, _ rest: inout ArraySlice<Coefficient>) {
    words = encoding.words.map { word in
      let effect = rest.removeFirst()
      return PartRecord(
        word: word.text, leads: word.leads, coefficient: effect.value,
        standardError: effect.standardError)
    }
  }

  mutating func setList(_ encoding: ListEncoding, _ rest: inout ArraySlice<Coefficient>) {
    kind = Self.listKind
    separator = String(encoding.separator)
    leads = encoding.presentLeads
    entries = encoding.entries.map { entry in
      let effect = rest.removeFirst()
      return PartRecord(
        entry: entry.name, leads: entry.leads, coefficient: effect.value,
        standardError: effect.standardError)
    }
    if encoding.otherLeads > 0 {
      other = ShareRecord(leads: encoding.otherLeads, rest.removeFirst())
    }
    if encoding.missingLeads > 0 {
      missing = ShareRecord(leads: encoding.missingLeads, rest.removeFirst())
    }
    missingRule = encoding.missingLeads > 0 ? "own coefficient" : "as the average lead"
    unseenRule = encoding.otherLeads > 0 ? "entries as other" : "entries without effect"
  }

  /// The words beside a category's levels; checked, as a file may hold anything.
  func wordTerm(_ category: CategoryEncoding, _ levels: [Coefficient]) throws(ModelError)
    -> ModelTerm
  {
    let records = try value(words, "words")
    guard records.count <= WordsEncoding.mostWords else {
      throw .invalid("field \"\(field)\" has more than \(WordsEncoding.mostWords) words")
    }
    var found: [WordsEncoding.Word] = []
    for record in records {
      let text = try value(record.word, "word")
      guard TextWords.of(text) == [text] else {
        throw .invalid("\"\(text)\" of field \"\(field)\" is no word of small letters and digits")
      }
      found.append(WordsEncoding.Word(text: text, leads: try nonNegative(record.leads, "leads")))
    }
    guard Set(found.map(\.text)).count == found.count else {
      throw .invalid("the words of field \"\(field)\" repeat; each may be there once")
    }
    return ModelTerm(
      field: FieldEncoding(
        name: field, rule: .words(WordsEncoding(category: category, words: found))),
      coefficients: levels + (try estimates(records)), average: try number(average, "average"),
      spread: try nonNegative(spread, "spread"))
  }

  /// The entries of a list; checked, as a file may hold anything.
  func listTerm() throws(ModelError) -> ModelTerm {
    let mark = try value(separator, "separator")
    guard let separator = ListEncoding.separators.first(where: { String($0) == mark }) else {
      throw .invalid("\"\(mark)\" of field \"\(field)\" separates no list; it is ; or | or ,")
    }
    let records = try value(entries, "entries")
    var found: [CategoryEncoding.Level] = []
    for record in records {
      let name = try value(record.entry, "entry")
      guard ListEncoding.entries(of: name, separator) == [name] else {
        throw .invalid("\"\(name)\" of field \"\(field)\" is no entry of a list")
      }
      found.append(
        CategoryEncoding.Level(name: name, leads: try nonNegative(record.leads, "leads")))
    }
    guard Set(found.map(\.name)).count == found.count else {
      throw .invalid("the entries of field \"\(field)\" repeat; each may be there once")
    }
    let encoding = ListEncoding(
      separator: separator, entries: found, presentLeads: try nonNegative(leads, "leads"),
      otherLeads: try leads(of: other), missingLeads: try leads(of: missing))
    var coefficients = try estimates(records)
    if let other { coefficients.append(try finite(other.estimate)) }
    if let missing { coefficients.append(try finite(missing.estimate)) }
    return ModelTerm(
      field: FieldEncoding(name: field, rule: .list(encoding)), coefficients: coefficients,
      average: try number(average, "average"), spread: try nonNegative(spread, "spread"))
  }

  private func estimates(_ records: [PartRecord]) throws(ModelError) -> [Coefficient] {
    var estimates: [Coefficient] = []
    for record in records { estimates.append(try finite(record.estimate)) }
    return estimates
  }
}
