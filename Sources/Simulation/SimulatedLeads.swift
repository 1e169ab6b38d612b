import Tables

/// Simulated rows with what only a simulation knows: the true probability of each.
public struct SimulatedLeads: Sendable {
  let simulation: LeadSimulation
  let block: LeadBlock

  /// The number of the first row.
  public var firstRow: Int { block.rows.lowerBound }

  /// The number of rows.
  public var count: Int { block.rows.count }

  /// The true probability of each lead that it converts.
  public var probabilities: [Double] { block.probabilities }

  /// The outcome of each lead, known here even where the table leaves it out.
  public var outcomes: [SimulatedOutcome] {
    block.outcomes.map { SimulatedOutcome.allCases[Int($0)] }
  }

  /// The rows as a reader of their file finds them: columns in its order, levels in the order of
  /// their first row, dates in days since 1970-01-01.
  public func table(german: Bool = false) -> Table {
    let fields = simulation.world.fields
    var columns = [text(SimulatedFields.identifier.text(german: german)) { leadID($0) }]
    if fields.hasStory {
      columns.append(
        text(SimulatedFields.company.text(german: german)) {
          CompanyName.text(Int(block.companies[$0]))
        })
      columns.append(
        Column(
          name: SimulatedFields.created.text(german: german),
          values: .date(Numbers(block.created.map { Double($0) / 1440 }))))
    }
    for (offset, field) in fields.numbers.enumerated() {
      let values = every(fields.numbers.count, of: block.numbers, from: offset)
      columns.append(
        Column(name: field.name.text(german: german), values: .numeric(Numbers(values))))
    }
    for (offset, field) in fields.categories.enumerated() {
      let codes = every(fields.categories.count, of: block.codes, from: offset)
      let levels = (field.words + field.words.map(\.asUnseen)).map { $0.text(german: german) }
      columns.append(category(field.name.text(german: german), codes: codes, levels: levels))
    }
    for (offset, field) in fields.flags.enumerated() {
      let flags = Flags(
        codes: every(fields.flags.count, of: block.flags, from: offset),
        falseWord: german ? "FALSCH" : "false", trueWord: german ? "WAHR" : "true")
      columns.append(Column(name: field.name.text(german: german), values: .flag(flags)))
    }
    if fields.hasStory {
      let days = block.lastActivity.map { $0 == LeadBlock.missingDay ? .nan : Double($0) }
      columns.append(
        Column(
          name: SimulatedFields.lastActivity.text(german: german), values: .date(Numbers(days))))
    }
    if simulation.options.includesOutcome {
      columns.append(
        category(
          SimulatedFields.outcome.text(german: german),
          codes: block.outcomes.map { UInt32($0) + 1 },
          levels: Word.outcomes.map { $0.text(german: german) }))
    }
    do { return try Table(columns: columns) } catch {
      preconditionFailure("the simulation's own columns: \(error)")
    }
  }

  /// Every `width`-th value from `offset` on: one field of all rows.
  private func every<Value>(_ width: Int, of values: [Value], from offset: Int) -> [Value] {
    stride(from: offset, to: values.count, by: width).map { values[$0] }
  }

  private func leadID(_ index: Int) -> String {
    let digits = String(firstRow + index)
    return "L" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }

  private func text(_ name: String, _ cell: (Int) -> String) -> Column {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for index in 0..<count {
      bytes.append(contentsOf: cell(index).utf8)
      ends.append(bytes.count)
    }
    return Column(name: name, values: .text(Texts(bytes: bytes, ends: ends)))
  }

  /// A category column with only the levels that occur, in the order of their first row.
  private func category(_ name: String, codes: [UInt32], levels: [String]) -> Column {
    var newCodes = [UInt32](repeating: 0, count: levels.count + 1)
    var found: [String] = []
    let renumbered = codes.map { code in
      if code > 0, newCodes[Int(code)] == 0 {
        found.append(levels[Int(code) - 1])
        newCodes[Int(code)] = UInt32(found.count)
      }
      return newCodes[Int(code)]
    }
    return Column(name: name, values: .category(Categories(codes: renumbered, levels: found)))
  }
}

/// How a simulated lead's matter stands or ended.
public enum SimulatedOutcome: String, Sendable, CaseIterable {
  case converted, lost, churned, open
}
