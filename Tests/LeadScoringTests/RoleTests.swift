import DataSources
import LeadScoring
import Tables
import Testing

@testable import LeadScoring

@Suite("Roles of columns")
struct RoleTests {
  /// A history of 40 rows with further columns, given as a name and the cell of each row.
  private func history(_ columns: [(String, (Int) -> String)]) throws -> LeadFile {
    let all =
      columns + [("size", { "\(($0 * 37) % 11)" }), ("outcome", { $0 % 3 == 0 ? "won" : "lost" })]
    var text = all.map(\.0).joined(separator: ",") + "\n"
    for row in 0..<40 { text += all.map { $0.1(row) }.joined(separator: ",") + "\n" }
    return try MadeUpLeads.file(text)
  }

  private func set(
    _ columns: [(String, (Int) -> String)], _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> TrainingSet {
    var options = TrainingOptions()
    change(&options)
    return try TrainingSet(try history(columns).table, options: options)
  }

  @Test(
    "the lead's name and date of creation are found by their usual names",
    arguments: [
      ("lead_id", "created_at"), ("Lead-ID", "Create Date"), ("Kundennummer", "Erstellt am"),
      ("Prospect ID", "Angelegt am"),
    ])
  func usualNames(identifier: String, created: String) throws {
    let set = try set([
      (identifier, { "K\($0)" }), (created, { "2025-01-\(10 + $0 % 20)" }),
    ])
    #expect(set.roles == ColumnRoles(identifier: identifier, created: created))
    #expect(set.features == ["size"])
    #expect(set.leftOut.map(\.name) == [identifier, created])
  }

  @Test("a column named as a date of creation that holds no dates is not one")
  func createdWithoutDates() throws {
    #expect(try set([("created", { "\($0 % 7)" })]).roles.created == nil)
  }

  @Test("the outcome is found among usual names; of two the one whose words are known")
  func twoOutcomes() throws {
    let set = try set([("Stage", { "step \($0 % 4)" })])
    #expect(set.outcomeColumn.definition.column == "outcome")
    let error = try #require(throws: TrainingError.self) {
      try self.set([("Status", { $0 % 2 == 0 ? "won" : "lost" })])
    }
    #expect(
      error.description
        == "several columns look like the outcome: Status, outcome; name one with --outcome COLUMN")
  }

  @Test("a file without an outcome column lists what it has")
  func noOutcome() throws {
    let file = try MadeUpLeads.file("a,b\n1,x\n2,y\n")
    let error = try #require(throws: TrainingError.self) {
      try TrainingSet(file.table, options: TrainingOptions())
    }
    #expect(
      error.description
        == "no column looks like the outcome; name it with --outcome COLUMN; found: a, b")
  }

  @Test("a row number is left out, whatever its name")
  func rowNumber() throws {
    let set = try set([("x", { "\($0 + 1)" })])
    #expect(set.features == ["size"])
    #expect(
      set.leftOut == [LeftOutColumn(name: "x", reason: "a row number: every row has its own")])
  }

  @Test("a number that differs in every row but counts nothing is a feature")
  func uniqueNumbers() throws {
    #expect(try set([("revenue", { "\($0 * $0 * 977 + 13)" })]).features == ["revenue", "size"])
  }

  @Test("words that differ in nearly every row are left out")
  func names() throws {
    let set = try set([("company", { "Company \($0)" })])
    #expect(set.features == ["size"])
    #expect(set.leftOut[0].reason == "an identifier: 40 different values in 40 rows")
  }

  @Test(
    "an id stays one though a row is there twice or lacks it",
    arguments: ["lead_id", "customer number"])
  func nearlyUniqueIdentifier(name: String) throws {
    let numbers = try set([(name, { $0 == 7 ? "" : "\(($0 == 9 ? 8 : $0) * 1_009 + 77_000)" })])
    #expect(numbers.features == ["size"])
    let words = try set([(name, { $0 == 7 ? "" : "K\($0 == 9 ? 8 : $0)" })])
    #expect(words.features == ["size"])
    if name == "lead_id" {
      #expect(numbers.roles.identifier == name)
      #expect(words.roles.identifier == name)
    }
  }

  @Test("an id that names groups of leads is a feature")
  func groupIdentifier() throws {
    #expect(try set([("branch_id", { "\($0 % 5)" })]).features == ["branch_id", "size"])
  }

  @Test("unknown columns are errors with a suggestion")
  func unknownColumns() throws {
    let error = try #require(throws: TrainingError.self) {
      try set([("Last Activity", { "\($0 % 3)" })]) { $0.excluded = ["last_activty"] }
    }
    #expect(
      error.description
        == "there is no column \"last_activty\" for --exclude (did you mean \"Last Activity\"?); found: "
        + "Last Activity, size, outcome")
    for change: (inout TrainingOptions) -> Void in [
      { $0.identifier = "x" }, { $0.created = "x" }, { $0.weight = "x" },
      { $0.outcomeColumn = "x" },
    ] {
      #expect(throws: TrainingError.self) { try set([], change) }
    }
  }

  @Test("a column cannot have two roles")
  func twoRoles() {
    #expect(throws: TrainingError.self) { try set([]) { $0.excluded = ["outcome"] } }
    #expect(throws: TrainingError.self) {
      try set([]) {
        $0.weight = "size"
        $0.excluded = ["size"]
      }
    }
    #expect(throws: TrainingError.self) {
      try set([]) {
        $0.weight = "size"
        $0.identifier = "size"
      }
    }
  }

  @Test("weights are numbers, 0 or more; rows of weight 0 are left out and counted")
  func weights() throws {
    let set = try set([("w", { $0 == 5 ? "0" : "2" })]) { $0.weight = "w" }
    #expect(set.rows.count == 39)
    #expect(set.dropped == 1)
    #expect(set.weights.allSatisfy { $0 == 2 })
    let negative = try #require(throws: TrainingError.self) {
      try self.set([("w", { $0 == 5 ? "-1" : "2" })]) { $0.weight = "w" }
    }
    #expect(
      negative.description
        == "the weight of data row 6 in column \"w\" is -1; a weight is a number, 0 or more")
    #expect(throws: TrainingError.self) {
      try self.set([("w", { $0 % 2 == 0 ? "a" : "b" })]) { $0.weight = "w" }
    }
  }

  @Test("leads with one outcome only are counted in the error", arguments: ["won", "lost"])
  func oneClass(word: String) throws {
    let file = try MadeUpLeads.file("size,outcome\n1,\(word)\n2,\(word)\n3,open\n4,\n")
    let error = try #require(throws: TrainingError.self) {
      try TrainingSet(file.table, options: TrainingOptions())
    }
    let (converted, others) = word == "won" ? (2, 0) : (0, 2)
    #expect(
      error.description
        == "there is nothing to tell apart: by column \"outcome\", \(converted) leads converted, \(others) "
        + "were lost or churned and 2 are open; a model needs leads of both outcomes")
  }

  @Test("a history of open leads alone says so")
  func onlyOpen() throws {
    let file = try MadeUpLeads.file("size,outcome\n1,open\n2,new\n")
    let error = try #require(throws: TrainingError.self) {
      try TrainingSet(file.table, options: TrainingOptions())
    }
    #expect(
      error.description
        == "there are no leads with an outcome in column \"outcome\": the file has no such rows")
  }
}
