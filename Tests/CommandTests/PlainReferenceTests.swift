import Foundation
import TestSupport
import Testing

/// A report of `train --plain --json`.
struct PlainResult {
  let fields: [String: Any]

  /// Trains on a file and reads the report.
  init(_ history: String, _ options: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try Program.run(
      ["train", history, "--model", folder.file("m.json"), "--plain", "--json"] + options)
    try #require(run.status == 0, "\(run.remarks)")
    fields = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  func number(_ key: String) throws -> Double { try #require(fields[key] as? Double, "\(key)") }

  /// A column of the table of coefficients.
  func column(_ key: String) throws -> [Double] {
    try rows().map { try #require($0[key] as? Double, "\(key)") }
  }

  /// The names of the coefficients.
  func names() throws -> [String] { try rows().map { try #require($0["name"] as? String) } }

  func rows() throws -> [[String: Any]] { try #require(fields["coefficients"] as? [[String: Any]]) }

  /// The value of a coefficient by its name.
  func value(_ key: String, of name: String) throws -> Double {
    let row = try #require(try rows().first { $0["name"] as? String == name }, "\(name)")
    return try #require(row[key] as? Double)
  }
}

@Suite("A plain fit and published results", .enabled(if: SharedData.isAvailable))
struct PublishedPlainTests {
  private func file(_ name: String) -> String {
    SharedData.file("reference-numbers/\(name)").path
  }

  private func expected(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: SharedData.file("reference-numbers/expected.json"))
    let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(all[name] as? [String: Any])
  }

  private func numbers(_ object: [String: Any], _ key: String) throws -> [Double] {
    try #require(object[key] as? [Double], "\(key)")
  }

  @Test("the report has the keys of its description, and no other")
  func keys() throws {
    let result = try PlainResult(
      file("infert.csv"), ["--outcome", "case", "--exclude", "stratum,pooled.stratum"])
    #expect(
      Set(result.fields.keys) == [
        "coefficients", "logLikelihood", "nullDeviance", "residualDeviance", "aic", "rows",
        "rowsDropped",
      ])
    for row in try result.rows() {
      #expect(Set(row.keys) == ["name", "estimate", "standardError", "z", "p", "low", "high"])
    }
  }

  @Test("Spector and Mazzeo, from a file with blanks between cells and single quotes (Stata 11)")
  func spector() throws {
    let result = try PlainResult(
      file("spector.csv"),
      ["--separator", " ", "--quote", "'", "--outcome", "GRADE", "--exclude", "OBS"])
    let reference = try expected("spector_logit")
    #expect(try result.names() == ["(intercept)", "GPA", "TUCE", "PSI"])
    func order(_ numbers: [Double]) -> [Double] { [numbers[3]] + numbers[..<3] }
    expectAgreement(
      try result.column("estimate"), order(try numbers(reference, "params")),
      relativeTolerance: 1.5e-6)
    expectAgreement(
      try result.column("standardError"), order(try numbers(reference, "bse")),
      relativeTolerance: 1.5e-6)
    let likelihood = try #require(reference["llf"] as? Double)
    let null = try #require(reference["llnull"] as? Double)
    expectAgreement([try result.number("logLikelihood")], [likelihood], relativeTolerance: 1e-7)
    expectAgreement([try result.number("nullDeviance")], [-2 * null], relativeTolerance: 1e-9)
    expectAgreement(
      [try result.number("aic")], [try #require(reference["aic"] as? Double)],
      relativeTolerance: 1e-7)
    #expect(try result.number("rows") == 32)
    #expect(try result.number("rowsDropped") == 0)
  }

  @Test(
    "infertility after abortion, with and without a factor (R)",
    arguments: [
      (
        "infert_model1", "education,age,parity,stratum,pooled.stratum",
        ["(intercept)", "spontaneous", "induced"]
      ),
      (
        "infert_model2", "stratum,pooled.stratum",
        [
          "(intercept)", "age", "parity", "education=6-11yrs", "education=12+ yrs", "spontaneous",
          "induced",
        ]
      ),
    ])
  func infert(name: String, excluded: String, names: [String]) throws {
    let result = try PlainResult(
      file("infert.csv"), ["--outcome", "case", "--exclude", excluded])
    let reference = try expected(name)
    #expect(Set(try result.names()) == Set(names))
    // To all digits printed: half a unit of the last.
    let roundings: [(String, String, Double)] = [
      ("estimate", "params", 1e-4), ("standardError", "bse", 1e-4), ("z", "z", 1e-3),
    ]
    for (key, theirs, unit) in roundings {
      for (name, value) in zip(names, try numbers(reference, theirs)) {
        let found = try result.value(key, of: name)
        #expect(abs(found - value) <= 0.5001 * unit, "\(key) of \(name): \(found), not \(value)")
      }
    }
    for (name, value) in zip(names, try numbers(reference, "p")) {
      expectAgreement([try result.value("p", of: name)], [value], relativeTolerance: 6e-3)
    }
    let more = try #require(reference["more_digits_computed_here_R_4.2.2"] as? [String: Any])
    expectAgreement(
      try names.map { try result.value("estimate", of: $0) }, try numbers(more, "params"),
      relativeTolerance: 1e-8)
    // R takes standard errors from the step before its last: with its default tolerance they are less exact.
    expectAgreement(
      try names.map { try result.value("standardError", of: $0) }, try numbers(more, "bse"),
      relativeTolerance: 3e-5)
    let deviance = try #require(more["deviance"] as? Double)
    expectAgreement([try result.number("residualDeviance")], [deviance], relativeTolerance: 1e-9)
    let null = try #require(reference["null_deviance"] as? Double)
    let aic = try #require(reference["aic"] as? Double)
    #expect(abs(try result.number("nullDeviance") - null) <= 0.00501)
    #expect(abs(try result.number("aic") - aic) <= 0.00501)
  }

  @Test("oesophageal cancer: a group is two rows with weights (R)")
  func esoph() throws {
    let lines = try String(
      contentsOf: SharedData.file("reference-numbers/esoph.csv"), encoding: .utf8
    )
    .split(separator: "\n").map {
      $0.split(separator: ",").map { $0.trimmingCharacters(in: ["\""]) }
    }
    // Levels are numbered in their order, which is that of the file within a group of ages.
    var alcohol: [String] = []
    var tobacco: [String] = []
    func number(_ level: String, _ levels: inout [String]) -> Int {
      if let index = levels.firstIndex(of: level) { return index + 1 }
      levels.append(level)
      return levels.count
    }
    var text = "agegp,tobgp,alcgp,is_case,people\n"
    var deviance = 0.0
    for line in lines.dropFirst() {
      let alc = number(line[1], &alcohol)
      let tob = number(line[2], &tobacco)
      let (cases, controls) = (try #require(Double(line[3])), try #require(Double(line[4])))
      text += "\(line[0]),\(tob),\(alc),1,\(line[3])\n\(line[0]),\(tob),\(alc),0,\(line[4])\n"
      // What a model of the groups as they are has over one of the people: a constant.
      for count in [cases, controls] where count > 0 {
        deviance -= 2 * count * log(count / (cases + controls))
      }
    }
    #expect(alcohol == ["0-39g/day", "40-79", "80-119", "120+"])
    #expect(tobacco == ["0-9g/day", "10-19", "20-29", "30+"])
    let folder = try TemporaryFolder()
    let result = try PlainResult(
      folder.write(text, to: "people.csv"),
      [
        "--outcome", "is_case", "--weight", "people", "--kind",
        "agegp=category,tobgp=numeric,alcgp=numeric",
      ])
    let reference = try expected("esoph_model2")
    let params = try numbers(reference, "params")
    let errors = try numbers(reference, "bse")
    for (name, place) in [("tobgp", 6), ("alcgp", 7)] {
      #expect(abs(try result.value("estimate", of: name) - params[place]) <= 0.50001e-5)
      #expect(abs(try result.value("standardError", of: name) - errors[place]) <= 0.50001e-5)
    }
    let grouped = try #require(reference["deviance"] as? Double)
    let null = try #require(reference["null_deviance"] as? Double)
    #expect(abs(try result.number("residualDeviance") - deviance - grouped) <= 0.000501)
    #expect(abs(try result.number("nullDeviance") - deviance - null) <= 0.000501)
  }
}

@Suite("A plain fit and R's glm")
struct PlainAgainstRTests {
  private static let folder = Program.package.appendingPathComponent(
    "Tests/LeadScoringTests/Fixtures")

  @Test(
    "factors, logical columns, missing values and weights are R's, to ten digits",
    arguments: [
      "numbers", "a factor", "logical and yes/no columns", "missing values", "weights",
      "weights and missing values", "everything",
    ])
  func agrees(name: String) throws {
    let data = try Data(contentsOf: Self.folder.appendingPathComponent("plain.json"))
    let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let reference = try #require(all[name] as? [String: Any])
    let excluded = try #require(reference["exclude"] as? [String])
    var options = ["--outcome", "won", "--exclude", excluded.joined(separator: ",")]
    if let weight = reference["weight"] as? String { options += ["--weight", weight] }
    let result = try PlainResult(
      Self.folder.appendingPathComponent("plain.csv").path, options)
    let names = try #require(reference["names"] as? [String])
    #expect(Set(try result.names()) == Set(names))
    #expect(try result.names().first == "(intercept)")
    for key in ["estimate", "standardError", "z", "low", "high"] {
      let expected = try #require(reference[key] as? [Double])
      expectAgreement(
        try names.map { try result.value(key, of: $0) }, expected, relativeTolerance: 1e-9)
    }
    // A tail probability magnifies the error of its z.
    expectAgreement(
      try names.map { try result.value("p", of: $0) }, try #require(reference["p"] as? [Double]),
      relativeTolerance: 1e-8)
    for key in ["logLikelihood", "nullDeviance", "residualDeviance", "aic", "rows", "rowsDropped"] {
      let expected = try #require(reference[key] as? Double)
      expectAgreement([try result.number(key)], [expected], relativeTolerance: 1e-11)
    }
  }

  @Test("separated data is an error that names the columns, and leaves no model")
  func separated() throws {
    let folder = try TemporaryFolder()
    var text = "budget,visits,sector,outcome\n"
    for row in 0..<40 {
      let won = row % 4 == 0
      text +=
        "\(won ? 60 + row : row),\(row % 7),\(["a", "b", "c"][row % 3]),\(won ? "won" : "lost")\n"
    }
    let model = folder.file("m.json")
    let run = try Program.run(
      "train", try folder.write(text, to: "h.csv"), "--model", model, "--plain", "--json")
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.remarks.contains("budget"), "\(run.remarks)")
    #expect(!run.remarks.contains("visits"), "\(run.remarks)")
    #expect(!FileManager.default.fileExists(atPath: model))
  }

  @Test("a column that follows from others is named, and leaves no model")
  func collinear() throws {
    let folder = try TemporaryFolder()
    var text = "a,b,total,outcome\n"
    for row in 0..<40 {
      let (a, b) = (row % 7, (row * 5) % 11)
      text += "\(a),\(b),\(a + b),\((row * 7) % 3 == 0 ? "won" : "lost")\n"
    }
    let run = try Program.run(
      "train", try folder.write(text, to: "h.csv"), "--model", folder.file("m.json"), "--plain")
    #expect(run.status == 1)
    #expect(run.remarks.contains("total"), "\(run.remarks)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("m.json")))
  }
}
