import StrictJSON

/// The lines of a text, one after another.
final class JSONLineSource {
  private let source: TextSource
  private let longest: Int

  /// Text that holds the line given last.
  private(set) var bytes: [UInt8]

  /// The number of the line given last, from 1.
  private(set) var number = 0
  private var start = 0
  private var end = 0
  private var hasEnded = false

  /// Creates a source of lines.
  ///
  /// - Parameters:
  ///   - longest: The longest line, in bytes.
  init(_ source: TextSource, longest: Int, skippedLines: Int) throws(SourceError) {
    self.source = source
    self.longest = longest
    bytes = [UInt8](repeating: 0, count: (1 << 18) + TextBlock.padding)
    for _ in 0..<max(0, skippedLines) {
      if try next() == nil { break }
    }
  }

  /// Where the next line is in `bytes`, without its line end; nil at the end of the text.
  func next() throws(SourceError) -> Range<Int>? {
    var searched = start
    while true {
      if let at = bytes[searched..<end].firstIndex(of: 10) {
        defer { start = at + 1 }
        number += 1
        return start..<at
      }
      searched = end
      if hasEnded {
        guard start < end else { return nil }
        defer { start = end }
        number += 1
        return start..<end
      }
      let moved = start
      try fill()
      searched -= moved
    }
  }

  /// Moves the rest to the front and reads more.
  private func fill() throws(SourceError) {
    let rest = end - start
    if rest > longest {
      let row = BadRow(line: number + 1, fault: .cellTooLong(bytes: rest, limit: longest))
      throw .badRow(
        file: source.name, row: row, hint: RowHint.text(for: row, isFirst: false))
    }
    if start > 0 { bytes.replaceSubrange(0..<rest, with: Array(bytes[start..<end])) }
    start = 0
    end = rest
    if 2 * rest > bytes.count {
      bytes.append(contentsOf: [UInt8](repeating: 0, count: bytes.count))
    }
    let count = try source.read(into: &bytes, from: end, to: bytes.count - TextBlock.padding)
    end += count
    hasEnded = count == 0
  }

  /// Whether a line has only blanks.
  static func isBlank(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    for index in line where text[index] != 32 && text[index] != 9 && text[index] != 13 {
      return false
    }
    return true
  }

  /// The key of a field.
  static func key(_ field: JSONField, _ text: Span<UInt8>) -> String {
    var key: [UInt8] = []
    JSONText.unescape(text, field.key, to: &key)
    return String(decoding: key, as: UTF8.self)
  }

  /// The keys of the objects in lines, in the order they are first seen; lines that are no objects have none.
  ///
  /// - Parameters:
  ///   - most: The most columns.
  func keys(most: Int) throws(SourceError) -> [String] {
    var keys: [String] = []
    var known: Set<String> = []
    var scanner = JSONLineScanner()
    // Lines of one program have the same keys in the same places: only others are looked up.
    var last: [[UInt8]] = []
    while let line = try next() {
      let text = bytes
      do throws(JSONError) { try scanner.scan(text.span, line) } catch { continue }
      for (index, field) in scanner.fields.enumerated() {
        let written = text[field.key]
        if index < last.count, written.elementsEqual(last[index]) { continue }
        if index < last.count { last[index] = Array(written) } else { last.append(Array(written)) }
        let key = Self.key(field, text.span)
        if known.insert(key).inserted { keys.append(key) }
      }
      guard keys.count <= most else {
        throw .tooManyColumns(file: source.name, found: keys.count, limit: most)
      }
    }
    return keys
  }
}
