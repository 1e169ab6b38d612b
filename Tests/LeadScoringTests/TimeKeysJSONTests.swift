import Foundation
import Testing

@testable import LeadScoring

@Suite("Model files of models chosen by time")
struct TimeKeysJSONTests {
  private let model: LeadModel
  private let text: String

  init() throws {
    model = try Training.model(
      DatedLeads.text(rows: 600, time: .created(rowsADay: 5), logit: DatedLeads.rising)
    ) {
      $0.form = nil
      $0.recalibration = .recent
    }
    text = String(decoding: try model.json(), as: UTF8.self)
  }

  private func read(_ text: String) throws(ModelError) -> LeadModel {
    try LeadModel(json: Array(text.utf8), path: "m.json")
  }

  @Test("come back equal, to the last bit, and need no newer version of the format")
  func roundTrip() throws {
    #expect(model.formChoice?.newest != nil && model.recalibration?.check != nil)
    let again = try read(text)
    #expect(again == model)
    #expect(try again.json() == model.json())
    #expect(text.contains("\"version\": \(model.form == .linear ? 1 : 2)\n"))
    let other = again.with(tiers: try TierBoundaries.parse("A=0.5"))
    #expect(other.recalibration == model.recalibration && other.formChoice == model.formChoice)
  }

  @Test("a file without the new keys is read as before")
  func older() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let bare = object.filter { !["formChoice", "recalibration"].contains($0.key) }
    let read = try LeadModel(
      json: Array(try JSONSerialization.data(withJSONObject: bare)), path: "m.json")
    #expect(read.formChoice == nil && read.recalibration == nil)
    #expect(read.allCoefficients == model.allCoefficients)
  }

  @Test(
    "what cannot be is refused",
    arguments: [
      ("\"olderLeads\": ", "\"olderLeads\": -", "\"formChoice\" has a negative number"),
      ("\"olderRate\": 0", "\"olderRate\": 7", "\"formChoice\" has a rate"),
      ("\"predictedRate\": 0", "\"predictedRate\": 7", "\"recalibration\" has a rate"),
      ("\"form\": \"curves\"", "\"form\": \"oblong\"", "\"form\""),
      ("\"predictedRate\": ", "\"predictedRat\": ", "\"predictedRate\" is missing"),
      ("\"shift\": ", "\"shift\": 1e999, \"s\": ", "m.json"),
      ("\"reason\": ", "\"reason\": 7, \"r\": ", "\"reason\""),
    ])
  func refused(place: String, other: String, expected: String) throws {
    let range = try #require(text.range(of: place), "\(place) is in the file")
    let error = try #require(throws: ModelError.self) {
      try read(text.replacingCharacters(in: range, with: other))
    }
    #expect(error.description.contains(expected), "\(error)")
  }
}
