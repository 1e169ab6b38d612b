import Foundation
import Testing

@testable import LeadScoring

/// Model files whose pairs are not what training writes.
@Suite("Pairs in model files")
struct PairRecordTests {
  private static let json = Result { try PlantedPairs.shared.get().model.json() }
  private let json: [UInt8]

  init() throws { json = try Self.json.get() }

  /// A change to the record of a pair.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the message of the refusal holds.
    let expected: String
    let change: @Sendable (inout [[String: Any]]) -> Void

    init(
      _ name: String, _ expected: String,
      _ change: @escaping @Sendable (inout [[String: Any]]) -> Void
    ) {
      testDescription = name
      self.expected = expected
      self.change = change
    }

    /// A change of one axis of the pair of a number and a number.
    static func axis(
      _ name: String, _ expected: String,
      _ change: @escaping @Sendable (inout [String: Any]) -> Void
    ) -> Change {
      Change(name, expected) { pairs in
        let place = PairRecordTests.place("width", in: pairs)
        var axis = pairs[place]["rows"] as? [String: Any] ?? [:]
        change(&axis)
        pairs[place]["rows"] = axis
      }
    }

    /// A change of the tables of the pair of two flags.
    static func table(
      _ name: String, _ expected: String, _ key: String,
      _ change: @escaping @Sendable (inout [[Double]]) -> Void
    ) -> Change {
      Change(name, expected) { pairs in
        let place = PairRecordTests.place("asked", in: pairs)
        var table = pairs[place][key] as? [[Double]] ?? []
        change(&table)
        pairs[place][key] = table
      }
    }
  }

  /// The place of the pair whose rows are of a field.
  fileprivate static func place(_ field: String, in pairs: [[String: Any]]) -> Int {
    pairs.firstIndex { ($0["rows"] as? [String: Any])?["field"] as? String == field } ?? 0
  }

  /// The file with its pairs changed.
  private func changed(_ change: (inout [[String: Any]]) -> Void) throws -> [UInt8] {
    var model = try #require(
      try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    var pairs = try #require(model["pairs"] as? [[String: Any]])
    change(&pairs)
    model["pairs"] = pairs
    return Array(try JSONSerialization.data(withJSONObject: model))
  }

  @Test("a record that is not changed is read")
  func unchanged() throws {
    let model = try LeadModel(json: changed { _ in }, path: "m.json")
    #expect(model == (try LeadModel(json: json, path: "m.json")))
  }

  static let changes: [Change] = [
    .table(
      "a row less", "the tables of pair \"asked & called\" must have 3 rows of 3 numbers",
      "coefficients"
    ) { $0.removeLast() },
    .table(
      "a row more", "the tables of pair \"asked & called\" must have 3 rows of 3 numbers", "leads"
    ) { $0.append([0, 0, 0]) },
    .table(
      "a cell less", "the tables of pair \"asked & called\" must have 3 rows of 3 numbers",
      "standardErrors"
    ) { $0[1].removeLast() },
    .table(
      "no rows", "the tables of pair \"asked & called\" must have 3 rows of 3 numbers",
      "coefficients"
    ) { $0 = [] },
    .table(
      "a standard error below 0",
      "a standard error, a spread or leads of pair \"asked & called\" are negative",
      "standardErrors"
    ) { $0[0][0] = -1 },
    .table(
      "leads below 0",
      "a standard error, a spread or leads of pair \"asked & called\" are negative", "leads"
    ) { $0[0][0] = -1 },
    .table("another coefficient", "contradicts itself: its golden lead", "coefficients") { table in
      table = table.map { $0.map { $0 + 0.5 } }
    },
    Change("a sum beyond all numbers", "so large that scores overflow") { pairs in
      for place in pairs.indices {
        let table = pairs[place]["coefficients"] as? [[Double]] ?? []
        pairs[place]["coefficients"] = table.map { $0.map { _ in 1.7e308 } }
      }
    },
    .axis("a field without a term", "a pair's field \"nobody\" has no term, or one of another kind")
    {
      $0["field"] = "nobody"
    },
    .axis(
      "a field of another kind", "a pair's field \"source\" has no term, or one of another kind"
    ) {
      $0["field"] = "source"
    },
    .axis("one field twice", "a pair is of the field \"height\" twice") { $0["field"] = "height" },
    .axis("cuts that fall", "the cuts of field \"width\" must be numbers, each above the last") {
      axis in
      axis["cuts"] = (axis["cuts"] as? [Double]).map { Array($0.reversed()) }
    },
    .axis("equal cuts", "the cuts of field \"width\" must be numbers, each above the last") {
      axis in axis["cuts"] = (axis["cuts"] as? [Double]).map { $0.map { _ in 1.0 } }
    },
    .axis("no cuts", "the cuts of field \"width\" must be numbers, each above the last") {
      $0["cuts"] = [Double]()
    },
    .axis("no groups", "field \"width\" in a pair needs cuts, levels, or two words of a flag") {
      $0["cuts"] = nil
    },
    .axis("one word", "field \"width\" in a pair needs cuts, levels, or two words of a flag") {
      $0["cuts"] = nil
      $0["falseWord"] = "no"
    },
    .axis("cuts and levels", "field \"width\" in a pair needs cuts, levels, or two words of a flag")
    {
      $0["levels"] = ["a"]
    },
    .axis("levels for a number", "must have 3 rows of") {
      $0["cuts"] = nil
      $0["levels"] = ["a", "b"]
    },
    .axis("a level twice", "the levels of field \"width\" in a pair repeat") {
      $0["cuts"] = nil
      $0["levels"] = ["a", "a"]
    },
    .axis("10,000 levels", "field \"width\" in a pair has 10001 groups; at most 255 are possible") {
      $0["cuts"] = nil
      $0["levels"] = (0..<10_000).map { "level \($0)" }
    },
    .axis("10,000 cuts", "field \"width\" in a pair has 10002 groups; at most 255 are possible") {
      $0["cuts"] = (0..<10_000).map { Double($0) }
    },
    .axis("a field that is no text", "wrong type") { $0["field"] = 7 },
    .axis("a cut that is no number", "wrong type") { $0["cuts"] = ["a"] },
    Change("the same pair twice", "two pairs are of the same fields") { $0.append($0[0]) },
    Change("a pair without rows", "\"rows\" is missing") { $0[0]["rows"] = nil },
    Change("a pair without leads", "\"leads\" is missing") { $0[0]["leads"] = nil },
    Change("a spread below 0", "are negative") { $0[0]["spread"] = -1 },
  ]

  @Test("a record that cannot be is refused with a sentence", arguments: changes)
  func hostile(change: Change) throws {
    let error = try #require(throws: ModelError.self) {
      try LeadModel(json: changed(change.change), path: "m.json")
    }
    #expect(error.description.contains(change.expected), "\(error)")
  }

  @Test("the same two fields the other way around are one pair too")
  func turned() throws {
    let error = try #require(throws: ModelError.self) {
      try LeadModel(
        json: changed { pairs in
          var turned = pairs[Self.place("asked", in: pairs)]
          (turned["rows"], turned["columns"]) = (turned["columns"], turned["rows"])
          pairs.append(turned)
        }, path: "m.json")
    }
    #expect(error.description.contains("two pairs are of the same fields"), "\(error)")
  }

  @Test("numbers that no double holds are refused", arguments: ["1e999", "-1e400", "NaN", "null"])
  func notFinite(number: String) throws {
    let text = String(decoding: json, as: UTF8.self)
    let start = try #require(text.range(of: "\"pairs\": ["))
    for key in ["\"spread\": ", "\"cuts\": ["] {
      let place = try #require(text.range(of: key, range: start.upperBound..<text.endIndex))
      let end = try #require(text[place.upperBound...].firstIndex { ",]\n".contains($0) })
      let broken = text.replacingCharacters(in: place.upperBound..<end, with: number)
      #expect(throws: ModelError.self, "\(key)") {
        try LeadModel(json: Array(broken.utf8), path: "m.json")
      }
    }
  }
}
