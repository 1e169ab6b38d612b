import Foundation
import TestSupport
import Testing

@testable import LeadScoring

@Suite("Model files")
struct LeadModelJSONTests {
  private let model: LeadModel
  private let text: String

  init() throws {
    model = try Training.model(MadeUpLeads.small(rows: 300)) { $0.ridge = 2 }
    text = String(decoding: try model.json(), as: UTF8.self)
  }

  private func read(_ text: String) throws(ModelError) -> LeadModel {
    try LeadModel(json: Array(text.utf8), path: "m.json")
  }

  /// The file with one place of it changed.
  private func changed(_ place: String, to other: String) throws -> String {
    let range = try #require(text.range(of: place), "\(place) is in the file")
    return text.replacingCharacters(in: range, with: other)
  }

  @Test("a file gives the model back, to the last bit")
  func roundTrip() throws {
    let again = try read(text)
    #expect(again == model)
    #expect(try again.json() == model.json())
  }

  @Test("a plain model comes back too")
  func plainRoundTrip() throws {
    let plain = try Training.model(MadeUpLeads.small(rows: 300)) { $0.form = .plain }
    #expect(try LeadModel(json: plain.json(), path: "") == plain)
  }

  @Test("keys are sorted, and the format is named")
  func looks() throws {
    let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }
      .map { String($0.split(separator: "\"")[1]) }
    #expect(keys == keys.sorted())
    #expect(text.contains("\"name\": \"winnow-model\""))
    #expect(text.hasSuffix("}\n"))
  }

  @Test("a coefficient that was changed is refused, with the lead that shows it")
  func tampered() throws {
    let coefficient = "\(model.intercept.value)"
    let error = try #require(throws: ModelError.self) {
      try read(changed("\"value\": \(coefficient)", to: "\"value\": 0.25"))
    }
    #expect(
      error.description.hasPrefix(
        "the model file m.json contradicts itself: its golden lead 1 has the logit "))
    #expect(error.description.hasSuffix("were coefficients changed by hand?"))
  }

  @Test("a golden lead must fit itself, and there must be some")
  func goldenLeads() throws {
    let lead = model.goldenLeads[1]
    #expect(throws: ModelError.self) {
      try read(changed("\"probability\": \(lead.probability)", to: "\"probability\": 0.123"))
    }
    let start = try #require(text.range(of: "\"goldenLeads\": ["))
    let end = try #require(text.range(of: "\n  ]", range: start.upperBound..<text.endIndex))
    let none = text.replacingCharacters(in: start.upperBound..<end.lowerBound, with: "")
    #expect(
      throws: ModelError.wrongShape(
        path: "m.json", reason: "it has no golden leads, by which it could be checked")
    ) { try read(none) }
  }

  @Test("a border changed by hand is as good as one changed by the program")
  func borderChangedByHand() throws {
    let border = model.tiers.tiers[0].lowest
    let edited = try read(changed("\"lowest\": \(border)", to: "\"lowest\": 0.999"))
    #expect(edited.tiers.tiers[0].lowest == 0.999)
    #expect(edited.goldenLeads == model.goldenLeads.map { $0.sorted(into: edited.tiers) })
  }

  @Test("other tiers sort the golden leads anew, so that the file is whole again")
  func newTiers() throws {
    let moved = model.with(tiers: try TierBoundaries.parse("top=0.999,low=0.0001"))
    #expect(moved.goldenLeads.allSatisfy { ["top", "low", "unqualified"].contains($0.tier) })
    #expect(try LeadModel(json: moved.json(), path: "") == moved)
  }

  @Test("a newer version is refused with a sentence, one that never was as damage")
  func versions() throws {
    let newer = try #require(throws: ModelError.self) {
      try read(changed("\"version\": 1", to: "\"version\": 4"))
    }
    #expect(
      newer.description
        == "m.json is a model of format version 4, but this program knows versions up to 3; use a newer winnow"
    )
    let zero = try #require(throws: ModelError.self) {
      try read(changed("\"version\": 1", to: "\"version\": 0"))
    }
    #expect(
      zero.description
        == "the model file m.json is damaged: its format version is 0; versions begin at 1")
  }

  @Test("what is JSON but no model is told from what is not JSON")
  func strangers() throws {
    for other in ["{}", "[]", "1", "null", "{\"format\":{\"name\":\"pmml\",\"version\":1}}"] {
      #expect(throws: ModelError.notAModel(path: "m.json")) { try read(other) }
    }
    for broken in ["", "{", "{]", "model", "\u{FEFF}{}x", String(text.dropLast(3))] {
      let error = try #require(throws: ModelError.self) { try read(broken) }
      guard case .malformed = error else {
        Issue.record("\(broken.prefix(9)) gave \(error)")
        continue
      }
    }
  }

  @Test(
    "wrong shapes are named with their place",
    arguments: [
      ("\"ridge\": 2", "\"ridge\": \"2\"", "\"penalty\""),
      ("\"ridge\": 2", "\"ridge\": null", "\"ridge\""),
      ("\"form\": \"linear\"", "\"form\": \"oblong\"", "\"form\""),
      ("\"terms\": [", "\"terms\": [ 7,", "[0]"),
      ("\"sha256\"", "\"sha255\"", "\"sha256\" is missing"),
    ])
  func wrongShapes(place: String, other: String, expected: String) throws {
    let error = try #require(throws: ModelError.self) { try read(changed(place, to: other)) }
    guard case .wrongShape(_, let reason) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.contains(expected), "\(reason)")
  }

  @Test(
    "contradictions within terms are refused",
    arguments: [
      ("\"kind\": \"flag\"", "\"kind\": \"colour\"", "unknown kind \"colour\""),
      ("\"level\": \"France\"", "\"level\": \"Germany\"", "repeat"),
      ("\"field\": \"pages\"", "\"field\": \"size\"", "two terms read the same field"),
      ("\"falseWord\": \"no\"", "\"falseWordy\": \"no\"", "has no \"falseWord\""),
      ("\"lowest\": ", "\"lowest\": 1e9, \"low\": ", "is above its \"highest\""),
      ("\"leads\": ", "\"leads\": -", "negative"),
      ("\"trueLeads\": ", "\"trueLeads\": -", "\"trueLeads\" of field \"opted_in\" is negative"),
    ])
  func contradictions(place: String, other: String, expected: String) throws {
    let error = try #require(throws: ModelError.self) { try read(changed(place, to: other)) }
    #expect(error.description.contains(expected), "\(error)")
  }

  @Test("numbers that no double holds, and texts for numbers, do not become models")
  func numbers() throws {
    let place = "\"value\": \(model.intercept.value)"
    for number in ["NaN", "1e400", "-Infinity", "0x10", "1.", "\"1\""] {
      #expect(throws: ModelError.self, "\(number)") {
        try read(changed(place, to: "\"value\": \(number)"))
      }
    }
  }

  @Test("coefficients whose sum overflows are refused, though golden leads agree")
  func overflow() throws {
    let terms = try #require(text.range(of: "\"terms\": ["))
    var huge = text
    for place in ["coefficient"] {
      // Every coefficient of a level or line is 1e308: each is a number, their sum is none.
      let pattern = try Regex("\"\(place)\": -?[0-9.e-]+")
      huge =
        String(huge[..<terms.lowerBound])
        + huge[terms.lowerBound...].replacing(pattern, with: "\"\(place)\": 1e308")
    }
    let error = try #require(throws: ModelError.self) { try read(huge) }
    #expect(
      error.description
        == "the model is not valid: its coefficients are so large that scores overflow")
  }

  @Test("nesting without end is refused before anything is built", arguments: [65, 600, 500_000])
  func nesting(depth: Int) throws {
    let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let error = try #require(throws: ModelError.self) { try read(deep) }
    #expect(
      error.description.hasSuffix("arrays and objects are nested more than 64 deep"), "\(error)")
  }

  @Test("a model cut off anywhere is refused")
  func cutOff() {
    let bytes = Array(text.utf8)
    for length in stride(from: 0, to: bytes.count - 2, by: 611) {
      #expect(throws: ModelError.self) {
        try LeadModel(json: Array(bytes[..<length]), path: "m.json")
      }
    }
  }

  @Test("a model with damaged bytes never stops the program, and scores where it is read")
  func damage() throws {
    let bytes = Array(text.utf8)
    var random = SplitMix(state: 21)
    var read = 0
    for _ in 0..<60 {
      var damaged = bytes
      for _ in 0..<(1 + Int(random.unit() * 3)) {
        damaged[Int(random.unit() * Double(bytes.count))] = UInt8(random.unit() * 128)
      }
      do throws(ModelError) {
        let found = try LeadModel(json: damaged, path: "m.json")
        #expect(try found.logit(of: [:]).isFinite)
        read += 1
      } catch { #expect(!error.description.isEmpty) }
    }
    #expect(read < 60)
  }
}

@Suite("Model files and the JSON test suite", .enabled(if: SharedData.isAvailable))
struct ModelTestSuiteTests {
  /// The files of the suite whose names start with a letter.
  private func files(_ prefix: String) throws -> [URL] {
    let folder = SharedData.file("json-test-suite/test_parsing")
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasPrefix(prefix) }
  }

  private func error(_ file: URL) throws -> ModelError? {
    let bytes = [UInt8](try Data(contentsOf: file))
    do throws(ModelError) { _ = try LeadModel(json: bytes, path: "m.json") } catch { return error }
    return nil
  }

  @Test("valid JSON is never called malformed, though none of it is a model")
  func valid() throws {
    let files = try files("y_")
    #expect(files.count == 95)
    for file in files {
      #expect(try error(file) == .notAModel(path: "m.json"), "\(file.lastPathComponent)")
    }
  }

  @Test("invalid JSON is called malformed, with a place")
  func invalid() throws {
    let files = try files("n_")
    #expect(files.count == 188)
    for file in files {
      guard case .malformed(_, let place) = try error(file) else {
        Issue.record("\(file.lastPathComponent) is not refused as malformed")
        continue
      }
      #expect(place.line >= 1 && place.column >= 1)
    }
  }

  @Test("texts of either kind are refused without a trap")
  func either() throws {
    let files = try files("i_")
    #expect(files.count == 35)
    for file in files { #expect(try error(file) != nil, "\(file.lastPathComponent)") }
  }
}
