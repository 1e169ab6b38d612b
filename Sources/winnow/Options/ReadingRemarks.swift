import DataSources

/// What was odd in a file, for standard error.
struct ReadingRemarks {
  let lines: [String]

  init(_ detection: Detection, badRows: BadRows) {
    var lines: [String] = []
    if detection.format == .csv, detection.columnCount == 1 {
      lines.append("  only one column was found: if there are more, name their --separator")
    }
    for column in detection.renamedColumns {
      lines.append(
        column.header.isEmpty
          ? "  column \(column.position) has no name and is called \"\(column.name)\""
          : "  column \(column.position) is a second \"\(column.header)\" and is called \"\(column.name)\""
      )
    }
    if badRows.count > 0 {
      lines.append(
        badRows.count == 1
          ? "  1 row could not be read and is left out:"
          : "  \(badRows.count) rows could not be read and are left out:")
      for row in badRows.first.prefix(5) { lines.append("    line \(row.line): \(row.fault)") }
    }
    self.lines = lines
  }
}
