import CKernels
import Parallelism
import Tables

extension WholeReading {
  func finish(
    _ collectors: [Shared<ColumnCollector>], _ flagWords: [[String]],
    _ decisions: ColumnDecisions, _ pass: Pass,
    _ badLines: BadRows, _ digest: String
  ) throws(SourceError) -> LeadFile {
    let (names, options) = (names, options)
    let columns: [Column] = Parallel.map(names.count) { (index: Int) throws(Never) -> Column in
      let values = collectors[index].value.values(
        decisions.targets[index], forced: options.kinds[names[index]])
      collectors[index].value = ColumnCollector()
      return Column(name: names[index], values: values)
    }
    return try finish(
      columns, flagWords, decisions, pass, badLines, digest,
      lastIsEmpty: columns.last?.isAllMissing == true, whole: nil)
  }

  /// A file of which a sample of the rows is held.
  func sampled(
    _ recipes: [ColumnRecipe], _ flagWords: [[String]], _ decisions: ColumnDecisions, _ pass: Pass,
    _ badLines: BadRows, _ digest: String, lastIsEmpty: Bool
  ) throws(SourceError) -> LeadFile {
    let whole = WholeFile(opening, options, recipes, rowCount: pass.rows)
    // What blocks were read in is as much as a small budget.
    winnow_return_memory()
    let table = try whole.sample(budget?.rows(cellBytes: pass.cellBytes) ?? pass.rows)
    return try finish(
      table.columns, flagWords, decisions, pass, badLines, digest, lastIsEmpty: lastIsEmpty,
      whole: whole)
  }

  func finish(
    _ found: [Column], _ flagWords: [[String]], _ decisions: ColumnDecisions, _ pass: Pass,
    _ badLines: BadRows, _ digest: String, lastIsEmpty: Bool, whole: WholeFile?
  ) throws(SourceError) -> LeadFile {
    var columns = found
    for (index, column) in columns.enumerated() {
      if options.kinds[column.name] == .flag, column.kind != .flag {
        throw .notAFlag(file: file, column: column.name, words: flagWords[index])
      }
      if options.kinds[column.name] == .category, column.kind == .text {
        throw .tooManyLevels(file: file, column: column.name, limit: options.maximumLevels)
      }
    }
    let dropsLast = opening.lastIsEmpty && lastIsEmpty
    if dropsLast { columns.removeLast() }
    var badRows = badLines
    badRows.add(pass.badRows)
    let table: Table
    do throws(TableError) {
      table = try Table(columns: columns)
    } catch {
      throw .cannotRead(file: file, reason: error.description)
    }
    let detection = Detection(
      format: opening.format, isCompressed: opening.source.isCompressed,
      separator: opening.dialect.separator,
      quote: opening.dialect.quote, encoding: encoding(pass), hasHeader: opening.hasHeader,
      decimalMark: decisions.decimalMark, dateOrder: decisions.dateOrder,
      columnCount: columns.count,
      rowCount: pass.rows,
      renamedColumns: opening.names.renamed.filter { $0.position <= columns.count },
      droppedLastColumn: dropsLast)
    return LeadFile(
      table: table, whole: whole, detection: detection, skippedRows: badRows, sha256: digest)
  }

  func encoding(_ pass: Pass) -> TextEncoding {
    if let told = options.encoding { return told }
    if let shown = opening.source.shownEncoding, shown != .utf8 { return shown }
    return pass.isUTF8 ? .utf8 : .windows1252
  }
}

extension Column {
  /// Whether no row has a value.
  var isAllMissing: Bool {
    switch values {
    case .numeric(let numbers), .date(let numbers): numbers.allSatisfy(\.isNaN)
    case .category(let categories): categories.codes.allSatisfy { $0 == 0 }
    case .flag(let flags): flags.codes.allSatisfy { $0 == 0 }
    case .text(let texts): texts.bytes.isEmpty
    }
  }
}
