/// Makes values of the parts of a text.
struct JSONValueBuilder: JSONBuilder {
  let rejectsDuplicateKeys: Bool

  /// The value of the whole text, once it is there.
  private(set) var finished = JSONValue.null

  /// An array or object whose end has not been seen; an array has no keys.
  private struct Container {
    let isObject: Bool
    var key = ""
    var elements: [JSONValue] = []
    var members: [(key: String, value: JSONValue)] = []
  }

  private var open: [Container] = []

  init(rejectsDuplicateKeys: Bool) { self.rejectsDuplicateKeys = rejectsDuplicateKeys }

  mutating func open(isObject: Bool) { open.append(Container(isObject: isObject)) }

  mutating func key(_ token: JSONStringToken, _ bytes: Span<UInt8>) {
    open[open.count - 1].key = JSONText.string(bytes, token)
  }

  mutating func string(_ token: JSONStringToken, _ bytes: Span<UInt8>) {
    scalar(.string(JSONText.string(bytes, token)))
  }

  mutating func scalar(_ value: JSONValue) {
    let last = open.count - 1
    guard last >= 0 else {
      finished = value
      return
    }
    if open[last].isObject {
      open[last].members.append((key: open[last].key, value: value))
    } else {
      open[last].elements.append(value)
    }
  }

  mutating func close() -> String? {
    let container = open.removeLast()
    scalar(container.isObject ? .object(container.members) : .array(container.elements))
    guard rejectsDuplicateKeys, container.isObject else { return nil }
    // By bytes, as JSON compares keys: two spellings of one letter are two keys.
    var seen = Set<[UInt8]>()
    return container.members.first { !seen.insert(Array($0.key.utf8)).inserted }?.key
  }
}
