import ArgumentParser
import Tables

/// Words separated by commas; one that holds a comma itself stands in double quotes.
struct CommaList: ExpressibleByArgument {
  let items: [String]

  init?(argument: String) {
    var items: [String] = []
    var item = ""
    var isQuoted = false
    for character in argument {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        items.append(item)
        item = ""
      default: item.append(character)
      }
    }
    guard !isQuoted else { return nil }
    items.append(item)
    self.items = items.map { trimmed($0) }.filter { !$0.isEmpty }
  }

}

extension [CommaList] {
  /// The items of all lists: an option may be given more than once.
  var items: [String] { flatMap(\.items) }

  /// The items as pairs of `NAME=VALUE`.
  func pairs(option: String) throws -> [String: String] {
    var pairs: [String: String] = [:]
    for item in items {
      guard let cut = item.lastIndex(of: "="), cut != item.startIndex else {
        throw ValidationError("\(option) takes NAME=VALUE; found \"\(item)\"")
      }
      let name = String(item[..<cut])
      guard pairs.updateValue(String(item[item.index(after: cut)...]), forKey: name) == nil else {
        throw ValidationError("\(option) names \"\(name)\" twice")
      }
    }
    return pairs
  }
}
