import Foundation

/// A small table of text: commas or spaces, quotes without separators inside, a header.
struct ReferenceTable {
  private let columns: [String: [String]]

  init(contentsOf url: URL, header: [String]? = nil, separator: Character = ",") throws {
    let text = try String(contentsOf: url, encoding: .utf8)
    var lines = text.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: separator).map { $0.trimmingCharacters(in: .init(charactersIn: "\"'")) }
    }
    let names = header ?? lines.removeFirst()
    var columns: [String: [String]] = [:]
    for (place, name) in names.enumerated() { columns[name] = lines.map { $0[place] } }
    self.columns = columns
  }

  func text(_ name: String) -> [String] { columns[name] ?? [] }

  func numbers(_ name: String) -> [Double] { text(name).map { Double($0) ?? .nan } }
}
