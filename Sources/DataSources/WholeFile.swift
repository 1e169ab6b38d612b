import Tables

/// All rows of a file of which a table holds a sample: they can be read again, in blocks, each cell as the table has it.
public struct WholeFile: @unchecked Sendable {
  /// The rows of the file.
  public let rowCount: Int

  private let opening: Opening
  private let options: ReadingOptions
  private let recipes: [ColumnRecipe]

  init(_ opening: Opening, _ options: ReadingOptions, _ recipes: [ColumnRecipe], rowCount: Int) {
    self.opening = opening
    self.options = options
    self.recipes = recipes
    self.rowCount = rowCount
  }

  /// The levels of each column that is a category: of all rows, in every block.
  public var levels: [String: [String]] {
    var levels: [String: [String]] = [:]
    for recipe in recipes {
      if case .levels(let words) = recipe.content { levels[recipe.name] = words }
    }
    return levels
  }

  /// Reads all rows.
  ///
  /// - Parameters:
  ///   - columns: The columns that the tables of the blocks have.
  ///   - transform: Called with each block's table and the number of rows before it, for several blocks at a time.
  ///   - consume: Called with the results one at a time, strictly in the order of the rows.
  /// - Throws: `.source` where the file cannot be read, `.caller` with what `transform` or `consume` threw.
  public func forEachBlock<Output: Sendable, Failure: Error>(
    columns: [String],
    transform: @Sendable (_ table: Table, _ firstRow: Int) throws(Failure) -> Output,
    consume: (Output) throws(Failure) -> Void
  ) throws(StreamError<Failure>) {
    let chosen = recipes.filter { columns.contains($0.name) && $0.request != nil }
    let stream: LeadStream
    do throws(SourceError) { stream = try self.stream() } catch { throw .source(error) }
    let summary = try stream.forEachBlock(
      requests: chosen.compactMap(\.request),
      transform: { table, firstRow throws(Failure) in
        try transform(
          Self.table(zip(chosen, table.columns).map { $0.column($1.values) }), firstRow)
      },
      consume: consume)
    guard summary.rows == rowCount else {
      throw .source(.changedWhileReading(file: opening.source.name))
    }
  }

  private func stream() throws(SourceError) -> LeadStream {
    var hints: [String: ColumnHint] = [:]
    for recipe in recipes { hints[recipe.name] = recipe.hint }
    return try LeadStream(again: opening, options: options, hints: hints)
  }

  /// A sample of about so many rows, in the order of the file.
  ///
  /// Rows are chosen by what they hold, so that neither their order nor the number of threads means anything. Where equal
  /// rows are so many that this fails, they are chosen by where they stand.
  func sample(_ count: Int) throws(SourceError) -> Table {
    if let byContent = try sample(
      RowSample(count: count, of: rowCount, byPlace: false), rows: count / 2...2 * count)
    {
      return byContent
    }
    return try sample(RowSample(count: count, of: rowCount, byPlace: true), rows: 0...rowCount)
      ?? Self.table([])
  }

  /// - Parameter expected: How many rows it may have; nil is returned where it has not so many.
  private func sample(
    _ sample: RowSample, rows expected: ClosedRange<Int>
  ) throws(SourceError) -> Table? {
    let chosen = recipes.filter { $0.request != nil }
    var builders = chosen.map { _ in ColumnBuilder(capacity: sample.expectedRows) }
    var rows = 0
    let stream = try stream()
    do throws(StreamError<Never>) {
      _ = try stream.forEachBlock(
        requests: chosen.compactMap(\.request), keeping: sample,
        transform: { table, _ throws(Never) in table },
        consume: { table throws(Never) in
          rows += table.rowCount
          guard rows <= expected.upperBound else { return }
          for (index, column) in table.columns.enumerated() {
            builders[index].append(column.values)
          }
        })
    } catch {
      switch error {
      case .source(let error): throw error
      }
    }
    guard expected.contains(rows) else { return nil }
    var columns: [String: Column] = [:]
    for (index, recipe) in chosen.enumerated() {
      columns[recipe.name] = recipe.column(builders[index].values()).withUsedLevels
      builders[index] = ColumnBuilder(capacity: 0)
    }
    return Self.table(
      recipes.map { recipe in
        columns[recipe.name]
          ?? Column(
            name: recipe.name,
            values: .text(Texts(missing: rows)))
      })
  }

  private static func table(_ columns: [Column]) -> Table {
    do throws(TableError) { return try Table(columns: columns) } catch {
      preconditionFailure(error.description)
    }
  }
}
