import Tables

/// The reading of one whole file.
struct WholeReading: @unchecked Sendable {
  let opening: Opening
  let options: ReadingOptions
  let file: String
  let names: [String]
  let blockBytes: Int
  let budget: MemoryBudget?

  init(_ opening: Opening, _ options: ReadingOptions) throws(SourceError) {
    self.opening = opening
    self.options = options
    file = opening.source.name
    names = opening.names.names
    budget = MemoryBudget(options, isSpooled: opening.source.isSpooled)
    blockBytes = options.blockBytes ?? min(8 << 20, max(1 << 17, names.count << 13))
    for name in options.kinds.keys.sorted() where !names.contains(name) {
      throw .unknownColumn(file: file, column: name, columns: names)
    }
  }

  func read() throws(SourceError) -> LeadFile {
    var plans = names.map(firstPlan)
    let cutter = opening.cutter(options: options, blockBytes: blockBytes)
    var first = try pass(cutter, plans, holdsCells: true)
    let digest = try opening.source.finishDigest() ?? ""
    let badLines = opening.source.badLines
    var collectors = first.columns
    first.columns = []
    var seen = [(NumberEvidence, DateEvidence, String?)](
      repeating: ([], [], nil), count: names.count)
    var decisions: ColumnDecisions
    while true {
      for (column, collector) in collectors.enumerated() {
        let (numbers, dates, text) = collector.allEvidence()
        seen[column] = (
          seen[column].0.union(numbers), seen[column].1.union(dates), seen[column].2 ?? text
        )
      }
      decisions = try decide(seen)
      plans = zip(collectors, decisions.targets).enumerated().map { column, found in
        plan(for: names[column], found.0, found.1, seen[column].0, seen[column].1)
      }
      if plans.allSatisfy({ $0 == .nothing }) { break }
      let again = try pass(
        opening.restartedCutter(options: options, blockBytes: blockBytes), plans,
        holdsCells: first.holdsCells)
      guard again.rows == first.rows else { throw .changedWhileReading(file: file) }
      // What a column is read as at last may take more than what it was read as first.
      first.holdsCells = again.holdsCells
      first.cellBytes = max(first.cellBytes, again.cellBytes)
      for column in collectors.indices where plans[column] != .nothing {
        collectors[column] = again.columns[column]
      }
    }
    let words = names.indices.map { column in
      options.kinds[names[column]] == .flag ? collectors[column].levels.strings : []
    }
    if !first.holdsCells {
      let recipes = names.indices.map { column in
        ColumnRecipe(
          names[column], collectors[column], decisions.targets[column], seen[column].0, options)
      }
      let isEmpty =
        seen.last.map { $0.0.isEmpty && $0.1.isEmpty } ?? false
        && collectors.last.map { $0.levels.count == 0 } ?? false
      return try sampled(recipes, words, decisions, first, badLines, digest, lastIsEmpty: isEmpty)
    }
    // A box each, so that what a column was collected in goes when the column is there.
    let boxes = collectors.map { Shared($0) }
    collectors = []
    return try finish(boxes, words, decisions, first, badLines, digest)
  }

  /// How a column is read before anything is known of it.
  private func firstPlan(for name: String) -> ColumnPlan {
    if options.unread.contains(name) { return .nothing }
    return switch options.kinds[name] {
    case .text: .texts
    case .category, .flag: .words
    case .date: .dates(options.dateOrder ?? .dayFirst)
    case .numeric, nil:
      .numbers(options.decimalMark ?? (opening.dialect.separator == 0x3B ? .comma : .point))
    }
  }

  func decide(_ seen: [(NumberEvidence, DateEvidence, String?)]) throws(SourceError)
    -> ColumnDecisions
  {
    let columns = names.indices.map { column in
      ColumnDecisions.Column(
        name: names[column], numbers: seen[column].0, dates: seen[column].1,
        ambiguousText: seen[column].2,
        forced: options.kinds[names[column]])
    }
    return try ColumnDecisions(
      columns, separator: opening.dialect.separator, file: file, options: options)
  }

  /// How a column must be read again; `.nothing` where it need not be.
  func plan(
    for name: String, _ collector: ColumnCollector, _ target: ColumnTarget,
    _ numbers: NumberEvidence,
    _ dates: DateEvidence
  ) -> ColumnPlan {
    if options.unread.contains(name) { return .nothing }
    switch target {
    case .numbers(let mark):
      if options.kinds[name] == .numeric, !numbers.allow(mark) {
        return collector.wasForced ? .nothing : .onlyNumbers(mark)
      }
      return collector.fits(target, keepsText: options.keepsText) ? .nothing : .numbers(mark)
    case .dates(let order):
      if options.kinds[name] == .date, !dates.allow(order) {
        return collector.wasForced ? .nothing : .onlyDates(order)
      }
      return collector.fits(target, keepsText: options.keepsText) ? .nothing : .dates(order)
    case .words:
      if collector.hasTooManyLevels { return options.keepsText ? .texts : .nothing }
      if collector.fits(.texts, keepsText: true) { return .nothing }
      return collector.fits(target, keepsText: options.keepsText) ? .nothing : .words
    case .texts:
      return collector.fits(target, keepsText: true) ? .nothing : .texts
    }
  }
}
