/// A step on the way to a JSON value: the name of a member or the index of an element.
struct JSONKey: CodingKey, Sendable {
  private let name: String
  let intValue: Int?

  var stringValue: String { intValue.map { "[\($0)]" } ?? name }

  init(name: String) {
    self.name = name
    intValue = nil
  }

  init(index: Int) {
    name = ""
    intValue = index
  }

  init?(stringValue: String) { self.init(name: stringValue) }
  init?(intValue: Int) { self.init(index: intValue) }
}
