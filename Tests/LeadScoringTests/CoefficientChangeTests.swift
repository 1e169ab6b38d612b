import Testing

@testable import LeadScoring

@Suite("Changed coefficients")
struct CoefficientChangeTests {
  private func train(_ text: String, _ pairs: [Interaction]) throws -> LeadModel {
    try Training.model(text) {
      $0.form = .curves
      $0.validation = .none
      $0.interactions = pairs
    }
  }

  @Test("cells of pairs are named after both fields, and come and go with them")
  func cells() throws {
    let text = PlantedPairs.history(rows: 1200, seed: 31)
    let flags = Interaction("asked", "called")
    let with = try train(text, [flags])
    let without = try train(text, [])
    let found = CoefficientChange.all(from: without, to: with).filter {
      $0.field == "asked & called"
    }
    #expect(found.map(\.value).sorted() == ["no & no", "no & yes", "yes & no", "yes & yes"])
    for change in found {
      #expect(change.current == nil && change.z == nil)
      let cell = with.pairs[0].cells.first { "\($0.first) & \($0.second)" == change.value }
      #expect(change.candidate == cell?.coefficient.value)
    }
    let gone = CoefficientChange.all(from: with, to: without).filter {
      $0.field == "asked & called"
    }
    #expect(gone.count == 4 && gone.allSatisfy { $0.candidate == nil && $0.current != nil })
    #expect(CoefficientChange.all(from: with, to: with).isEmpty)
  }

  @Test("a cell of both models has its difference in standard errors")
  func difference() throws {
    let flags = Interaction("asked", "called")
    let (first, second) = (
      try train(PlantedPairs.history(rows: 1200, seed: 31), [flags]),
      try train(PlantedPairs.history(rows: 1200, seed: 32), [flags])
    )
    let change = try #require(
      CoefficientChange.all(from: first, to: second).first {
        $0.field == "asked & called" && $0.value == "no & yes"
      })
    let (old, new) = (first.pairs[0].cells[1].coefficient, second.pairs[0].cells[1].coefficient)
    #expect(change.current == old.value && change.candidate == new.value)
    let error = (old.standardError * old.standardError + new.standardError * new.standardError)
      .squareRoot()
    #expect(abs(try #require(change.z) - (new.value - old.value) / error) < 1e-12)
  }

  @Test("a pair is the same where a history has its columns in another order")
  func turned() throws {
    let text = PlantedPairs.history(rows: 1200, seed: 31)
    let turned = text.split(separator: "\n").map { line -> String in
      var cells = line.split(separator: ",", omittingEmptySubsequences: false)
      cells.swapAt(4, 5)
      return cells.joined(separator: ",") + "\n"
    }.joined()
    let flags = Interaction("asked", "called")
    let (first, second) = (try train(text, [flags]), try train(turned, [flags]))
    #expect(second.pairs[0].name == "called & asked")
    let changes = CoefficientChange.all(from: first, to: second)
    // Nothing comes or goes; what moved is rounding.
    #expect(changes.allSatisfy { $0.current != nil && $0.candidate != nil })
    #expect(changes.allSatisfy { $0.size < 1e-6 })
  }
}
