import StrictJSON

/// Turns JSON Lines, a flat object a line, into CSV with a field for each key.
///
/// Strings are quoted, `null` and absent keys are empty. A number of three decimals gets a fourth, so that it
/// cannot be taken for thousands. A line that is no flat object is an error, or an empty line where bad rows are left
/// out: so a record of the CSV is a line of the file.
final class JSONLinesStage: ByteStage {
  private let lines: JSONLineSource
  private let file: String
  private let keys: LevelTable
  private let skipsBadRows: Bool
  private var scanner = JSONLineScanner()
  private var output: [UInt8] = []
  private var outputStart = 0

  /// The fields of a line, by key, as places in `scanner.fields` plus 1; 0 where the key is absent.
  private var places: [Int]

  /// The lines that were left out.
  private(set) var badRows = BadRows()

  init(_ lines: JSONLineSource, file: String, keys: LevelTable, skipsBadRows: Bool) {
    self.lines = lines
    self.file = file
    self.keys = keys
    self.skipsBadRows = skipsBadRows
    places = [Int](repeating: 0, count: keys.count)
  }

  func read(into buffer: inout [UInt8], from start: Int, to end: Int) throws(SourceError) -> Int {
    while outputStart == output.count {
      output.removeAll(keepingCapacity: true)
      outputStart = 0
      while output.count < 1 << 16, let line = try lines.next() { try convert(line) }
      if output.isEmpty { return 0 }
    }
    let count = min(output.count - outputStart, end - start)
    buffer.replaceSubrange(
      start..<(start + count), with: output[outputStart..<(outputStart + count)])
    outputStart += count
    return count
  }

  private func convert(_ line: Range<Int>) throws(SourceError) {
    let text = lines.bytes
    defer { output.append(10) }
    if JSONLineSource.isBlank(text.span, line) { return }
    if let reason = write(text.span, line) {
      let row = BadRow(line: lines.number, fault: .notAnObject(reason))
      guard skipsBadRows else {
        throw .badRow(file: file, row: row, hint: RowHint.text(for: row, isFirst: false))
      }
      badRows.add(row)
    }
  }

  /// Appends a line's record; gives what is wrong with the line, if anything is, and then appends nothing.
  private func write(_ text: Span<UInt8>, _ line: Range<Int>) -> String? {
    do throws(JSONError) { try scanner.scan(text, line) } catch {
      return "not a JSON object in one line: \(error.problem) (character \(error.column))"
    }
    for index in places.indices { places[index] = 0 }
    for (index, field) in scanner.fields.enumerated() {
      if field.kind == .nested {
        return
          "\"\(JSONLineSource.key(field, text))\" holds a list or an object; only flat objects can be read"
      }
      if let place = place(of: field, text) { places[place] = index + 1 }
    }
    for (index, place) in places.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      if place > 0 { write(scanner.fields[place - 1], text) }
    }
    // A second field, so that an empty line is no record of one.
    if places.count == 1 { output.append(UInt8(ascii: ",")) }
    return nil
  }

  private func place(of field: JSONField, _ text: Span<UInt8>) -> Int? {
    if !field.keyIsEscaped {
      let hash = WordHash.hash(text, field.key.lowerBound, field.key.count)
      return keys.find(text, field.key.lowerBound, field.key.count, hash: hash)
    }
    var key: [UInt8] = []
    JSONText.unescape(text, field.key, to: &key)
    let count = key.count
    key.append(contentsOf: [UInt8](repeating: 0, count: 16))
    return keys.find(key.span, 0, count, hash: WordHash.hash(key.span, 0, count))
  }

  private func write(_ field: JSONField, _ text: Span<UInt8>) {
    switch field.kind {
    case .null, .nested: break
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number:
      output.append(text, field.value)
      // 1.234 is no 1234: a fourth decimal says so.
      guard let point = field.value.first(where: { text[$0] == UInt8(ascii: ".") }) else { return }
      let isPlain = !field.value.contains { text[$0] | 0x20 == UInt8(ascii: "e") }
      if isPlain, field.value.upperBound - point == 4 { output.append(UInt8(ascii: "0")) }
    case .string:
      output.append(UInt8(ascii: "\""))
      let start = output.count
      if field.valueIsEscaped {
        JSONText.unescape(text, field.value, to: &output)
      } else {
        output.append(text, field.value)
      }
      doubleQuotes(from: start)
      output.append(UInt8(ascii: "\""))
    }
  }

  private func doubleQuotes(from start: Int) {
    guard output[start...].contains(UInt8(ascii: "\"")) else { return }
    let text = Array(output[start...])
    output.removeLast(text.count)
    for byte in text {
      if byte == UInt8(ascii: "\"") { output.append(byte) }
      output.append(byte)
    }
  }
}
