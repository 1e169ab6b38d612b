import Testing

@testable import LeadScoring

@Suite("Privacy")
struct PrivacyTests {
  /// 300 leads of which some have a name of their own, or one that few share.
  private func history() -> String {
    var text = "lead_id,company,contact,city,size,outcome\n"
    var random = SplitMix(state: 17)
    for row in 0..<300 {
      let company =
        row < 9 ? "RARECOMPANY" : row < 19 ? "TENCOMPANY" : ["Alpha", "Beta", "Gamma"][row % 3]
      let city = row % 50 < 2 ? "RARECITY\(row % 50)" : ["Bonn", "Ulm"][row % 2]
      let size = row == 7 ? "987654321" : "\(Int(random.unit() * 1000))"
      text += "LEADNAME\(row),\(company),RAREPERSON\(row),\(city),\(size),"
      text += random.unit() < 0.4 ? "won\n" : "lost\n"
    }
    return text
  }

  @Test(
    "no level of fewer than ten leads is named in a model file",
    arguments: [ModelForm.linear, .plain])
  func rareLevels(form: ModelForm) throws {
    let training = try Training.run(history()) { $0.form = form }
    let text = String(decoding: try training.model.json(), as: UTF8.self)
    for mark in ["RARE", "LEADNAME", "987654321"] {
      #expect(!text.contains(mark), "\(mark)")
    }
    // Ten leads are enough.
    #expect(text.contains("TENCOMPANY"))
    if form == .plain {
      // The person who trains sees every name; the file has the numbers.
      let shown = try #require(training.plainSummary).coefficients.map(\.name)
      let kept = try #require(training.model.plain).coefficients.map(\.name)
      #expect(shown.contains { $0.contains("RARECITY") })
      #expect(kept.contains("city=(rare level 1)"))
      #expect(shown.count == kept.count)
    }
  }

  @Test("a rare level scores as the others do, and a file of scores may name it")
  func rareScores() throws {
    let model = try Training.model(history()) { $0.ridge = 1 }
    let rare = try model.logit(of: ["company": "RARECOMPANY"])
    #expect(try rare == model.logit(of: ["company": "never seen"]))
    #expect(try rare != model.logit(of: ["company": "TENCOMPANY"]))
  }
}
