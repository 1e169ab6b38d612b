import LeadScoring
import Tables
import Testing

@Suite("Outcomes")
struct OutcomeTests {
  /// The outcomes of a column of words; an empty one is missing.
  private func outcomes(
    _ words: [String], _ given: [LeadOutcome: [String]] = [:]
  ) throws -> OutcomeColumn {
    try OutcomeColumn(Self.column(words), vocabulary: OutcomeVocabulary(given))
  }

  private static func column(_ words: [String]) -> Column {
    var levels: [String] = []
    let codes = words.map { word -> UInt32 in
      if word.isEmpty { return 0 }
      if let index = levels.firstIndex(of: word) { return UInt32(index + 1) }
      levels.append(word)
      return UInt32(levels.count)
    }
    return Column(name: "Status", values: .category(Categories(codes: codes, levels: levels)))
  }

  @Test(
    "English and German words are known, in any case",
    arguments: [
      (["Closed Won", "closed lost", "CHURNED", "Open"], "English"),
      (["Gewonnen", "verloren", "gekündigt", "In Bearbeitung"], "German"),
      (["  closed   won ", "Closed-Lost", "cancelled", "neu"], "mixed"),
    ])
  func usualWords(words: [String], language: String) throws {
    #expect(try outcomes(words).outcomes == [.converted, .lost, .churned, .open])
  }

  @Test(
    "two-valued words are outcomes",
    arguments: [
      ["1", "0"], ["yes", "no"], ["Y", "N"], ["true", "false"], ["WAHR", "FALSCH"], ["Ja", "Nein"],
    ])
  func twoValued(words: [String]) throws {
    #expect(try outcomes(words).outcomes == [.converted, .lost])
    let flags = Flags(codes: [2, 1, 0], falseWord: words[1], trueWord: words[0])
    let column = try OutcomeColumn(
      Column(name: "y", values: .flag(flags)), vocabulary: OutcomeVocabulary())
    #expect(column.outcomes == [.converted, .lost, .open])
    #expect(column.definition.converted == [words[0]])
  }

  @Test("codes of either width are the same outcomes")
  func widths() throws {
    let codes: [UInt32] = [2, 0, 1, 2]
    for stored in [LevelCodes(codes), LevelCodes(.words(codes))] {
      let read = try OutcomeColumn(
        Column(name: "y", values: .category(Categories(codes: stored, levels: ["won", "lost"]))),
        vocabulary: OutcomeVocabulary())
      #expect(read.outcomes == [.lost, .open, .converted, .lost])
      #expect(read.count(of: .lost) == 2 && read.count(of: .open) == 1)
    }
  }

  @Test("an empty cell is open")
  func emptyCells() throws {
    let column = try outcomes(["won", "", "lost", ""])
    #expect(column.outcomes == [.converted, .open, .lost, .open])
    #expect(column.count(of: .open) == 2)
  }

  @Test("numbers are outcomes by their value, however they are written")
  func numbers() throws {
    let column = Column(name: "y", values: .numeric([1, 2, .nan, 2]))
    let read = try OutcomeColumn(
      column, vocabulary: OutcomeVocabulary([.converted: ["2"], .lost: ["1"]]))
    #expect(read.outcomes == [.lost, .converted, .open, .converted])
  }

  @Test("unknown words are listed with all that was found and how to say what they mean")
  func unknownWords() throws {
    let error = try #require(throws: OutcomeError.self) {
      try outcomes(["won", "lost", "Lead Magnet", "Zombie", "Zombie"])
    }
    #expect(
      error.description
        == "the outcome column \"Status\" holds \"Lead Magnet\" (1), \"Zombie\" (2), of unknown meaning; "
        + "say it with --converted, --lost, --churned or --open; found in all: \"won\" (1), \"lost\" (1), "
        + "\"Lead Magnet\" (1), \"Zombie\" (2)")
  }

  @Test("where only the word for converted is given, one other word means lost")
  func oneOtherWord() throws {
    let column = try outcomes([">50K", "<=50K", ">50K"], [.converted: [">50K"]])
    #expect(column.outcomes == [.converted, .lost, .converted])
    #expect(column.definition.lost == ["<=50K"])
  }

  @Test("two other words are not guessed")
  func twoOtherWords() {
    #expect(throws: OutcomeError.self) {
      try outcomes(["A", "B", "C"], [.converted: ["A"]])
    }
  }

  @Test("another word is not lost where a word already is")
  func knownLost() {
    #expect(throws: OutcomeError.self) {
      try outcomes(["A", "lost", "C"], [.converted: ["A"]])
    }
  }

  @Test("given words come before the usual ones")
  func givenWordsFirst() throws {
    let column = try outcomes(["lost", "won"], [.converted: ["LOST"], .lost: ["Won"]])
    #expect(column.outcomes == [.converted, .lost])
  }

  @Test("a word claimed twice is an error that names both meanings")
  func claimedTwice() throws {
    let error = try #require(throws: OutcomeError.self) {
      try outcomes(["a", "b"], [.converted: ["a"], .churned: ["A "]])
    }
    #expect(error == .claimedTwice(word: "A ", first: .converted, second: .churned))
    #expect(
      error.description
        == "\"A \" is given both for converted and for churned; it can mean only one")
  }

  @Test("a given word that no lead has is an error that lists the words")
  func wordNotFound() throws {
    let error = try #require(throws: OutcomeError.self) {
      try outcomes(["won", "lost"], [.converted: ["gold"]])
    }
    #expect(
      error.description
        == "no lead has the outcome \"gold\" in column \"Status\"; found: \"won\" (1), \"lost\" (1)"
    )
  }

  @Test("a column of a hundred and one words is no outcome")
  func tooManyWords() throws {
    let error = try #require(throws: OutcomeError.self) {
      try outcomes((0...100).map { "word \($0)" })
    }
    #expect(error.description.hasPrefix("the outcome column \"Status\" has too many different"))
  }

  @Test("a model's words hold at another file, which may lack some and have usual ones")
  func byDefinition() throws {
    let definition = OutcomeDefinition(column: "Status", converted: ["2"], lost: ["1"])
    let read = try OutcomeColumn(Self.column(["1", "2", "", "open"]), definition: definition)
    #expect(read.outcomes == [.lost, .converted, .open, .open])
    let without = try OutcomeColumn(Self.column(["1", "1"]), definition: definition)
    #expect(without.outcomes == [.lost, .lost])
    #expect(throws: OutcomeError.self) {
      try OutcomeColumn(Self.column(["1", "3"]), definition: definition)
    }
  }
}
