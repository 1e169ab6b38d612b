import DataSources
import FeatureEncoding
import Foundation
import Tables
import TestSupport
import Testing

@testable import LeadScoring

@Suite("Scoring")
struct ScoringTests {
  private let history: String
  private let model: LeadModel

  init() throws {
    history = MadeUpLeads.small(rows: 400)
    model = try Training.model(history) { $0.ridge = 1.5 }
  }

  /// The day from which the history's dates count.
  private var day: Double {
    guard case .day(let day) = model.dateReference else { return .nan }
    return day
  }

  /// The blocks of leads that a file gives.
  private func blocks(_ text: String, of model: LeadModel? = nil) throws -> [ScoredBlock] {
    try MadeUpLeads.onDisk(text) { path in
      let stream = try LeadStream(path: path, options: ReadingOptions())
      let scorer = try LeadScorer(
        model ?? self.model, columns: stream.columnNames, file: path, day: day)
      var blocks: [ScoredBlock] = []
      _ = try LeadFileScoring(scorer, stream: stream).run(
        render: { $0 }, consume: { blocks.append($0) })
      return blocks
    }
  }

  @Test("the history scores as the fit has it")
  func scoresTheFit() throws {
    let set = try TrainingSet(try MadeUpLeads.file(history).table, options: TrainingOptions())
    let problem = try LinearProblem(set, rows: set.learningRows, ridge: 1.5)
    let fit = try RidgeChoice.make(
      problem, folds: nil, known: PenaltyRecord(ridge: 1.5, chosen: "given"), sample: nil,
      isTrial: false
    ).fit
    let logits = try blocks(history).flatMap(\.logits)
    expectAgreement(logits, fit.eta, relativeTolerance: 1e-9)
    // Scoring a table that was read whole is the same again.
    let (intercept, terms) = problem.terms(coefficients: fit.coefficients)
    let scorer = LogitScorer(intercept: intercept, terms: terms, reference: set.dateReference)
    expectAgreement(
      scorer.logits(of: set.table, rows: set.rows, terms: terms), logits, relativeTolerance: 1e-12)
  }

  @Test("a plain model scores its rows as its fit has them")
  func scoresThePlainFit() throws {
    // Rows without a missing cell, and levels of ten leads and more: else the file shares their names.
    let whole = MadeUpLeads.changingRows(of: history) { rows in
      rows.filter { !$0.contains(",,") && !$0.hasPrefix(",") }
    }
    let file = try MadeUpLeads.file(whole)
    var options = TrainingOptions()
    options.form = .plain
    options.excluded = ["last_seen"]
    let plain = try PlainFit(try TrainingSet(file.table, options: options))
    let model = try LeadTraining(on: file, options: options).model
    let logits = try blocks(whole, of: model).flatMap(\.logits)
    expectAgreement(logits, plain.fit.eta, relativeTolerance: 1e-9)
  }

  /// Leads with every oddity: missing cells, levels that nobody saw, numbers far outside.
  private static let odd = """
    size,pages,country,opted_in,last_seen
    50,4,Germany,yes,2024-09-01
    ,,,,
    1e9,-5,Atlantis,no,1970-01-01
    -1e300,1e300,germany,YES,2199-12-31
    0.001,3,Peru,NA,2024-09-30
    NA,7,  France  ,nein,
    """

  @Test("reasons and baseline sum to the logit, and each is what design and coefficients say")
  func reasonsSum() throws {
    let averages = model.terms.map(\.average)
    for block in try blocks(history) + blocks(Self.odd) {
      for row in block.logits.indices {
        let reasons = block.reasons(row: row, most: 100, averages: averages)
        let sum = reasons.reduce(model.baseline) { $0 + $1.share }
        #expect(abs(sum - block.logits[row]) < 1e-12)
        #expect(zip(reasons, reasons.dropFirst()).allSatisfy { abs($0.share) >= abs($1.share) })
        let few = block.reasons(row: row, most: 2, averages: averages)
        #expect(few == Array(reasons.prefix(2)))
        #expect(block.reasons(row: row, most: 0, averages: averages).isEmpty)
      }
    }
  }

  /// The logit by the words of the format: an independent reading of terms, a cell at a time.
  private func logit(_ cells: [String: String]) throws -> Double {
    var logit = model.intercept.value
    for term in model.terms {
      let text = cells[term.name]
      let values = term.coefficients.map(\.value)
      func line(_ encoding: NumericEncoding, _ number: Double?) -> Double {
        guard let number else {
          return encoding.hasMissing ? values[values.count - 1] : term.average
        }
        let held = min(max(number, encoding.lowest), encoding.highest)
        let moved = encoding.transform == .log1p ? log1p(held) : held
        return values[0] * ((moved - encoding.mean) / encoding.standardDeviation)
      }
      switch term.field.rule {
      case .numeric(let encoding): logit += line(encoding, text.flatMap { Double($0) })
      case .date(let encoding):
        logit += line(encoding, text.flatMap { CalendarDay.days($0) }.map { day - $0 })
      case .curve, .dateCurve, .words, .list, .datePart: Issue.record("the model is one of lines")
      case .flag(let encoding):
        switch text {
        case nil: logit += encoding.hasMissing ? values[values.count - 1] : term.average
        case encoding.trueWord: logit += values[0]
        default: break
        }
      case .category(let encoding):
        if let text, let index = encoding.levels.firstIndex(where: { $0.name == text }) {
          logit += values[index]
        } else if text == nil {
          logit += encoding.missingLeads > 0 ? values[values.count - 1] : term.average
        } else {
          logit += encoding.otherLeads > 0 ? values[encoding.levels.count] : term.average
        }
      }
    }
    return logit
  }

  @Test("every lead's logit is what the words of the model file say")
  func byHand() throws {
    for text in [
      history,
      Self.odd.replacing("  France  ", with: "France").replacing("nein", with: "no")
        .replacing("YES", with: "yes").replacing("NA", with: ""),
    ] {
      let lines = text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let logits = try blocks(text).flatMap(\.logits)
      #expect(logits.count == lines.count - 1)
      for (line, found) in zip(lines.dropFirst(), logits) {
        let cells = Dictionary(
          uniqueKeysWithValues: zip(lines[0], line).filter { !$0.1.isEmpty })
        let expected = try logit(cells)
        #expect(abs(found - expected) <= 1e-12 * max(1, abs(expected)), "\(line)")
      }
    }
  }

  @Test("oddities are counted: missing, unseen and far outside")
  func counts() throws {
    let summary = try MadeUpLeads.onDisk(Self.odd) { path in
      let stream = try LeadStream(path: path, options: ReadingOptions())
      let scorer = try LeadScorer(model, columns: stream.columnNames, file: path, day: day)
      return try LeadFileScoring(scorer, stream: stream).run(render: { _ in }, consume: { _ in })
    }
    #expect(summary.leads == 6)
    #expect(summary.tierLeads.reduce(0, +) == 6)
    let counts = Dictionary(uniqueKeysWithValues: zip(model.terms.map(\.name), summary.counts))
    #expect(counts["size"]?.missing == 2)
    #expect(counts["size"]?.farOutside == 2)
    #expect(counts["country"]?.unseen == 2)
    #expect(counts["opted_in"]?.missing == 2)
    let remarks = summary.remarks(model).joined(separator: "\n")
    #expect(
      remarks.contains(
        "column \"country\": 40 % of leads have a value that the model does not name"))
    #expect(remarks.contains("column \"size\": 2 values lie far outside the range of training"))
  }

  @Test("the baseline is the mean logit of training's leads")
  func averageLead() throws {
    let logits = try blocks(history).flatMap(\.logits)
    let mean = logits.reduce(0, +) / Double(logits.count)
    #expect(abs(mean - model.baseline) < 1e-9 * max(1, abs(mean)))
    // A weighted mean where leads are weighted.
    let text = MadeUpLeads.small(rows: 200, weighted: true)
    let weighted = try Training.model(text) {
      $0.weight = "copies"
      $0.ridge = 1
    }
    let found = try blocks(text, of: weighted).flatMap(\.logits)
    let sum = found.indices.reduce(0) { $0 + Double(1 + $1 % 3) * found[$1] }
    let weights = found.indices.reduce(0) { $0 + Double(1 + $1 % 3) }
    #expect(abs(sum / weights - weighted.baseline) < 1e-9)
  }

  @Test("a lead's digits do not depend on its place in the file")
  func blocksAgree() throws {
    let line = "50,4,Germany,yes,2024-09-01\n"
    let text = "size,pages,country,opted_in,last_seen\n" + String(repeating: line, count: 25_000)
    let logits = try blocks(text).flatMap(\.logits)
    #expect(logits.count == 25_000)
    #expect(Set(logits).count == 1)
  }
}

@Suite("Matching columns")
struct ColumnMatchTests {
  private func match(
    _ wanted: [String], _ found: [String], _ map: [String: String] = [:]
  ) throws(ScoringError) -> ColumnMatch {
    try ColumnMatch(wanted: wanted, found: found, map: map, file: "leads.csv")
  }

  @Test(
    "case, blanks and marks in a name do not matter, and are told",
    arguments: ["Company Size", "company-size", "COMPANYSIZE", "company_size "])
  func looseNames(name: String) throws {
    let match = try match(["company_size"], ["x", name])
    #expect(match.fileNames["company_size"] == name)
    #expect(match.loose.map(\.found) == [name])
  }

  @Test("an exact name comes before a loose one, two loose ones are an error")
  func ambiguous() throws {
    let exact = try match(["a b"], ["A B", "a b"])
    #expect(exact.fileNames["a b"] == "a b" && exact.loose.isEmpty)
    let error = try #require(throws: ScoringError.self) { try match(["a b"], ["A B", "a_b"]) }
    #expect(
      error.description
        == "the model reads a column \"a b\", and the file has A B and a_b; say which with --map a b=COLUMN"
    )
  }

  @Test("one column of the file is not two of the model's")
  func sharedColumn() {
    #expect(throws: ScoringError.self) { try match(["a b", "a_b"], ["ab"]) }
  }

  @Test("a missing column is named with what is like it and what there is")
  func missing() throws {
    let error = try #require(throws: ScoringError.self) {
      try match(["employees", "country"], ["emploees", "land"])
    }
    #expect(
      error.description
        == "leads.csv lacks the columns \"employees\" (did you mean \"emploees\"?), \"country\", which the "
        + "model reads; say --map employees=COLUMN if it has another name; found: emploees, land")
  }

  @Test("a map names the file's column, which must be there, for a column that the model reads")
  func mapped() throws {
    let match = try match(["employees"], ["Mitarbeiter"], ["employees": "Mitarbeiter"])
    #expect(match.fileNames == ["employees": "Mitarbeiter"])
    #expect(throws: ScoringError.self) { try self.match(["a"], ["a"], ["a": "b"]) }
    #expect(throws: ScoringError.self) { try self.match(["a"], ["a"], ["x": "a"]) }
  }
}
