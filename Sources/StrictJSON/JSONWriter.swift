/// Writes JSON: the same value gives the same bytes, everywhere.
///
/// Numbers are the shortest digits that read back as the same double, whole ones without a point;
/// what is not a number, or is infinite, becomes null. The bytes are UTF-8, and `/` stays as it is.
public struct JSONWriter: Sendable {
  /// Whether the members of objects are sorted by the bytes of their keys.
  public var sortsKeys: Bool

  /// Whether lines are broken and indented by two spaces; short rows of scalars stay on a line.
  public var isPretty: Bool

  /// The longest array of scalars that a pretty text has on one line.
  public var elementsOnALine = 16

  /// Creates a writer; without arguments, one of compact texts whose members keep their order.
  public init(sortsKeys: Bool = false, isPretty: Bool = false) {
    self.sortsKeys = sortsKeys
    self.isPretty = isPretty
  }

  /// The text of a value, without a line break at its end.
  public func text(of value: JSONValue) -> String {
    var buffer: [UInt8] = []
    append(value, to: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }

  /// The bytes of a value; a pretty text ends with a line break, as files do.
  public func bytes(of value: JSONValue) -> [UInt8] {
    var buffer: [UInt8] = []
    append(value, to: &buffer)
    if isPretty { buffer.append(0x0A) }
    return buffer
  }

  /// Appends the text of a value.
  public func append(_ value: JSONValue, to buffer: inout [UInt8]) {
    append(value, to: &buffer, indent: 0)
  }

  private func append(_ value: JSONValue, to buffer: inout [UInt8], indent: Int) {
    switch value {
    case .null: buffer.append(contentsOf: "null".utf8)
    case .bool(let flag): buffer.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(let number): Self.append(number, to: &buffer)
    case .string(let text): Self.append(text, to: &buffer)
    case .array(let elements):
      let breaks = isPretty && !isRow(elements)
      appendList(elements, "[", "]", breaks: breaks, to: &buffer, indent: indent) {
        append($0, to: &$1, indent: indent + 1)
      }
    case .object(let members):
      let members = sortsKeys ? sorted(members) : members
      appendList(members, "{", "}", breaks: isPretty, to: &buffer, indent: indent) {
        Self.append($0.key, to: &$1)
        $1.append(contentsOf: (isPretty ? ": " : ":").utf8)
        append($0.value, to: &$1, indent: indent + 1)
      }
    }
  }

  private func appendList<Item>(
    _ items: [Item], _ open: StaticString, _ close: StaticString, breaks: Bool,
    to buffer: inout [UInt8], indent: Int, item: (Item, inout [UInt8]) -> Void
  ) {
    buffer.append(contentsOf: open.description.utf8)
    for (index, element) in items.enumerated() {
      if index > 0 { buffer.append(contentsOf: (isPretty && !breaks ? ", " : ",").utf8) }
      if breaks { lineBreak(&buffer, indent + 1) }
      item(element, &buffer)
    }
    if breaks, !items.isEmpty { lineBreak(&buffer, indent) }
    buffer.append(contentsOf: close.description.utf8)
  }

  private func lineBreak(_ buffer: inout [UInt8], _ indent: Int) {
    buffer.append(0x0A)
    buffer.append(contentsOf: repeatElement(0x20, count: 2 * indent))
  }

  private func isRow(_ elements: [JSONValue]) -> Bool {
    elements.count <= elementsOnALine
      && elements.allSatisfy { $0.elements == nil && $0.members == nil }
  }

  /// Stable, so that equal keys stay in order and the last one still counts.
  private func sorted(
    _ members: [(key: String, value: JSONValue)]
  ) -> [(key: String, value: JSONValue)] {
    members.enumerated().sorted { one, other in
      if one.element.key.utf8.elementsEqual(other.element.key.utf8) {
        return one.offset < other.offset
      }
      return one.element.key.utf8.lexicographicallyPrecedes(other.element.key.utf8)
    }.map(\.element)
  }
}
