import FeatureEncoding
import Tables

extension LeadModel {
  /// The logit of one lead, given as text by column; what is not given is missing.
  ///
  /// - Throws: `ModelError.invalid` where a cell is no value of its column's kind.
  func logit(of cells: [String: String]) throws(ModelError) -> Double {
    var columns: [Column] = []
    for term in terms { columns.append(try term.column(ofCell: cells[term.field.column])) }
    if case .column(let name) = dateReference, !terms.contains(where: { $0.name == name }) {
      columns.append(Column(name: name, values: .date([try Self.day(cells[name], column: name)])))
    }
    do {
      return LogitScorer(self).score(try Table(columns: columns)).logits[0]
    } catch {
      throw .invalid("\(error)")
    }
  }

  fileprivate static func day(_ cell: String?, column: String) throws(ModelError) -> Double {
    guard let cell else { return .nan }
    guard let days = CalendarDay.days(cell) else {
      throw .invalid("\"\(cell)\" in column \"\(column)\" of a golden lead is no date")
    }
    return days
  }

  /// Three made-up leads: one of which nothing is known, a typical one, and an unusual one.
  ///
  /// They are made of means, ranges and frequent levels, never of anybody's row.
  func makeGoldenLeads() throws(ModelError) -> [GoldenLead] {
    let referenceDay =
      if case .day(let day) = dateReference { day } else {
        data.to.flatMap { CalendarDay.days($0) } ?? 0
      }
    var typical: [String: String] = [:]
    var unusual: [String: String] = [:]
    // A part of a date reads the cell of its date.
    for (index, term) in terms.enumerated() where term.field.column == term.name {
      let cells = term.goldenCells(referenceDay: referenceDay, isOdd: index % 2 == 1)
      typical[term.name] = cells.typical
      unusual[term.name] = cells.unusual
    }
    if case .column(let name) = dateReference {
      typical[name] = CalendarDay.text(referenceDay)
      unusual[name] = CalendarDay.text(referenceDay)
    }
    var leads: [GoldenLead] = []
    for cells in [[:], typical, unusual] {
      let logit = try logit(of: cells)
      leads.append(
        GoldenLead(
          cells: cells, logit: logit, probability: probability(ofLogit: logit), tier: ""
        ).sorted(into: tiers))
    }
    return leads
  }
}

extension ModelTerm {
  /// A column of one row that holds a cell's text.
  fileprivate func column(ofCell cell: String?) throws(ModelError) -> Column {
    func invalid() -> ModelError {
      .invalid(
        "\"\(cell ?? "")\" in column \"\(name)\" of a golden lead is no \(field.kind.rawValue)")
    }
    switch field.rule {
    case .numeric, .curve:
      guard let cell else { return Column(name: name, values: .numeric([.nan])) }
      guard let number = Double(cell), number.isFinite else { throw invalid() }
      return Column(name: name, values: .numeric([number]))
    case .date, .dateCurve, .datePart:
      return Column(name: name, values: .date([try LeadModel.day(cell, column: field.column)]))
    case .flag(let encoding):
      guard let code = [nil, encoding.falseWord, encoding.trueWord].firstIndex(of: cell) else {
        throw invalid()
      }
      let flags = Flags(
        codes: [UInt8(code)], falseWord: encoding.falseWord, trueWord: encoding.trueWord)
      return Column(name: name, values: .flag(flags))
    case .category(let encoding):
      let levels = encoding.levels.map(\.name)
      let code = cell.map { (levels.firstIndex(of: $0) ?? levels.count) + 1 } ?? 0
      let categories = Categories(codes: [UInt32(code)], levels: levels)
      return Column(name: name, values: .category(categories))
    case .words, .list:
      let categories = Categories(
        codes: [cell == nil ? 0 : 1], levels: [cell].compactMap { $0 })
      return Column(name: name, values: .category(categories))
    }
  }

  fileprivate func goldenCells(referenceDay: Double, isOdd: Bool) -> (
    typical: String?, unusual: String?
  ) {
    switch field.rule {
    case .numeric(let encoding):
      // Round numbers within the range: nobody's own.
      let middle = (encoding.lowest + encoding.highest) / 2
      let center = encoding.transform == .identity ? encoding.mean : exponential(encoding.mean) - 1
      return (shortest(rounded(center)), isOdd ? nil : shortest(rounded(middle)))
    case .date(let encoding):
      let center = encoding.transform == .identity ? encoding.mean : exponential(encoding.mean) - 1
      return (CalendarDay.text(referenceDay - center.rounded()), nil)
    case .curve(let encoding):
      // A point of the curve, and a place between two.
      let middle = encoding.knots.count / 2
      let between = (encoding.knots[middle - 1] + encoding.knots[middle]) / 2
      return (shortest(encoding.knots[middle]), isOdd ? nil : shortest(between))
    case .dateCurve(let encoding):
      let center = encoding.knots[encoding.knots.count / 2]
      return (CalendarDay.text(referenceDay - center.rounded()), nil)
    case .flag(let encoding):
      let isUsuallyTrue = encoding.trueLeads > encoding.falseLeads
      let words = [encoding.falseWord, encoding.trueWord]
      return (words[isUsuallyTrue ? 1 : 0], words[isUsuallyTrue ? 0 : 1])
    case .category(let encoding):
      let commonest = encoding.levels.max { $0.leads < $1.leads }?.name
      return (commonest, isOdd ? encoding.levels.last?.name : "a level that training never saw")
    case .datePart: return (nil, nil)
    case .words(let encoding):
      let words = encoding.words.map(\.text)
      let commonest = encoding.category.levels.max { $0.leads < $1.leads }?.name
      return (commonest ?? words.first, words.suffix(2).joined(separator: " "))
    case .list(let encoding):
      let names = encoding.entries.map(\.name)
      let commonest = encoding.entries.max { $0.leads < $1.leads }?.name
      let unusual = names.suffix(2) + (isOdd ? [] : ["an entry that training never saw"])
      return (commonest, unusual.joined(separator: "\(encoding.separator) "))
    }
  }

  private func rounded(_ number: Double) -> Double { (number * 100).rounded() / 100 }
}
