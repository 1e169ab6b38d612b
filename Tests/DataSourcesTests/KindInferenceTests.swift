import Tables
import Testing

@testable import DataSources

@Suite("Kinds of columns")
struct KindInferenceTests {
  @Test("a number at the end of a file makes a column of words, whatever stands above")
  func lateWord() throws {
    let rows = (1...5000).map { "\($0),x" } + ["n\u{FC}ll,x"]
    let file = try readLeads("a,b\n" + rows.joined(separator: "\n")) { $0.blockBytes = 512 }
    #expect(file.kind("a") == .category)
    #expect(file.cells("a").first == "1")
    #expect(file.cells("a").last == "n\u{FC}ll")
    #expect(file.cells("a").count == 5001)
  }

  @Test("a column whose beginning is missing gets the kind of its end")
  func lateKind() throws {
    let rows =
      (1...3000).map { _ in "NA,NA,?,-" } + [
        "1,5;2025-12-31;ja;x".replacingOccurrences(of: ";", with: ",")
      ]
    let file = try readLeads(
      "a,b,c,d\n" + rows.joined(separator: "\n").replacingOccurrences(of: "1,5,", with: "1.5,")
    ) {
      $0.blockBytes = 256
    }
    #expect(file.kind("a") == .numeric)
    #expect(file.kind("b") == .date)
    #expect(file.kind("c") == .flag)
    #expect(file.kind("d") == .category)
    #expect(file.cells("b").last == "20453.0")
  }

  @Test("the mark that one column shows holds for a column that reads in two ways")
  func markOfOtherColumn() throws {
    let comma = try readLeads("a\tb\n1.234\t0,5\n2.000\t1,25\n")
    #expect(comma.numbers("a") == [1234, 2000])
    #expect(comma.numbers("b") == [0.5, 1.25])
    #expect(comma.detection.decimalMark == .comma)
    let point = try readLeads("a\tb\n1.234\t0.5\n2.000\t1.25\n")
    #expect(point.numbers("a") == [1.234, 2])
  }

  @Test("a cell late in the file decides how the cells above it are read")
  func lateDecision() throws {
    let rows = (0..<4000).map { "1.\(100 + $0 % 900)" } + ["1.234,5"]
    let file = try readLeads("a\tb\n" + rows.map { $0 + "\tx" }.joined(separator: "\n")) {
      $0.blockBytes = 300
    }
    #expect(file.kind("a") == .numeric)
    #expect(file.numbers("a").first == 1100)
    #expect(file.numbers("a").last == 1234.5)
  }

  @Test("the separator decides where no number does")
  func markOfSeparator() throws {
    #expect(try readLeads("a;b\n1.234;x\n").numbers("a") == [1234])
    #expect(try readLeads("a,b\n1.234,x\n").numbers("a") == [1.234])
    #expect(try readLeads("a\tb\n1.234\t1.2.2025\n").numbers("a") == [1234])
    #expect(try readLeads("a\tb\n1.234\t12/31/2025\n").numbers("a") == [1.234])
  }

  @Test("numbers that read in two ways are an error where nothing decides, and an option decides")
  func ambiguousNumbers() throws {
    let text = "price\tx\n1.234\ta\n2.345\tb\n"
    #expect(
      try message(text)
        == "FILE, column \"price\": 1.234 can be read in two ways, with a decimal point or a decimal comma, and "
        + "nothing in the file decides; say --decimal point or --decimal comma")
    #expect(try readLeads(text) { $0.decimalMark = .comma }.numbers("price") == [1234, 2345])
    #expect(try readLeads(text) { $0.decimalMark = .point }.numbers("price") == [1.234, 2.345])
  }

  @Test("a column where both marks are shown is words")
  func bothMarks() throws {
    let file = try readLeads("a;b\n0.5;x\n0,5;y\n")
    #expect(file.kind("a") == .category)
    #expect(file.cells("a") == ["0.5", "0,5"])
  }

  @Test("day or month first is decided by the whole column")
  func dateOrderOfColumn() throws {
    let rows = (0..<2000).map { _ in "01/02/2025" } + ["01/13/2025"]
    let file = try readLeads("d,x\n" + rows.map { $0 + ",a" }.joined(separator: "\n")) {
      $0.blockBytes = 200
    }
    #expect(file.numbers("d").first == 20090)
    #expect(file.detection.dateOrder == .monthFirst)
    #expect(try readLeads("d,x\n01/02/2025,a\n13/02/2025,a\n").numbers("d") == [20120, 20132])
  }

  @Test(
    "dates that read in two ways go with the file, else they are an error that an option decides")
  func ambiguousDates() throws {
    #expect(try readLeads("d,e\n01/02/2025,25/12/2024\n").numbers("d") == [20120])
    #expect(try readLeads("d;e\n01/02/2025;x\n").numbers("d") == [20120])
    #expect(try readLeads("d\te\n01/02/2025\t0,5\n").numbers("d") == [20120])
    let text = "d,e\n01/02/2025,x\n"
    #expect(
      try message(text)
        == "FILE, column \"d\": 01/02/2025 can be read in two ways, with the day or the month first, and nothing in "
        + "the file decides; say --dates day-first or --dates month-first")
    #expect(try readLeads(text) { $0.dateOrder = .monthFirst }.numbers("d") == [20090])
    #expect(try readLeads(text) { $0.dateOrder = .dayFirst }.numbers("d") == [20120])
    #expect(try readLeads("d,e\n03/03/2025,x\n").numbers("d") == [20150])
  }

  @Test("identifiers with leading zeros stay text")
  func leadingZeros() throws {
    let file = try readLeads("id,x\n007,1\n010,2\n")
    #expect(file.kind("id") == .category)
    #expect(file.cells("id") == ["007", "010"])
    #expect(try readLeads("x\n0\n0.5\n").kind("x") == .numeric)
  }

  @Test(
    "two words of one pair are a flag, in any case",
    arguments: [
      ("yes", "No"), ("Y", "n"), ("JA", "nein"), ("TRUE", "FALSE"), ("wahr", "Falsch"), ("t", "F"),
      ("1", "0"),
      ("oui", "non"), ("1.0", "0.0"),
    ])
  func flags(yes: String, no: String) throws {
    let file = try readLeads("f,x\n\(yes),1\n\(no),2\n,3\n\(yes.uppercased()),4\n")
    guard case .flag(let flags) = file.table["f"]?.values else {
      Issue.record("\(yes)/\(no) is \(String(describing: file.kind("f")))")
      return
    }
    #expect(flags.codes == [2, 1, 0, 2])
  }

  @Test("a column with one word of a pair is a constant flag, and knows the other word")
  func constantFlag() throws {
    let file = try readLeads("f,g\nNo,JA\nNo,JA\n")
    guard case .flag(let f) = file.table["f"]?.values, case .flag(let g) = file.table["g"]?.values
    else {
      Issue.record("no flags")
      return
    }
    #expect((f.falseWord, f.trueWord) == ("No", "Yes"))
    #expect((g.falseWord, g.trueWord) == ("NEIN", "JA"))
  }

  @Test("words of two pairs, and a third word, make a category")
  func noFlags() throws {
    #expect(try readLeads("f,x\nyes,1\nfalse,2\n").kind("f") == .category)
    #expect(try readLeads("f,x\nyes,1\nno,2\nmaybe,3\n").kind("f") == .category)
    #expect(try readLeads("f,x\n0,1\n1,2\n2,3\n").kind("f") == .numeric)
    #expect(try readLeads("f,x\n1,1\n-1,2\n").kind("f") == .numeric)
  }

  @Test(
    "percentages beside plain numbers, and two currencies, are words: nothing is mixed in silence")
  func units() throws {
    #expect(try readLeads("p,x\n45 %,1\n30 %,2\n").numbers("p") == [0.45, 0.3])
    #expect(try readLeads("p,x\n45 %,1\n30,2\n").kind("p") == .category)
    #expect(try readLeads("p,x\n$5,1\n7,2\n").numbers("p") == [5, 7])
    #expect(try readLeads("p,x\n$5,1\n€7,2\n").kind("p") == .category)
  }

  @Test("forced kinds hold, and a cell that does not fit is named")
  func forced() throws {
    let text = "a,b,c,d\n007,1,x,2025-01-01\n8,0,y,2025-01-02\n"
    let file = try readLeads(text) {
      $0.kinds = ["a": .numeric, "b": .category, "c": .text, "d": .text]
    }
    #expect(file.numbers("a") == [7, 8])
    #expect(file.cells("b") == ["1", "0"])
    #expect(file.kind("b") == .category)
    #expect(file.kind("c") == .text)
    #expect(file.cells("d") == ["2025-01-01", "2025-01-02"])
    #expect(
      try message(text) { $0.kinds = ["c": .numeric] }
        == "FILE, line 2, column \"c\": \"x\" is not a number")
    #expect(
      try message("a,b\n1,\"x\ny\"\n2,z\n3,2025-02-30\n") { $0.kinds = ["b": .date] }
        == "FILE, line 2, column \"b\": \"x\ny\" is not a date")
    #expect(
      try message(text) { $0.kinds = ["c": .flag] }
        == "FILE, column \"c\" is not a yes/no column; it has \"x\", \"y\"")
    #expect(
      try message(text) { $0.kinds = ["z": .flag] }
        == "FILE has no column \"z\"; it has \"a\", \"b\", \"c\", \"d\"")
  }

  @Test("more words than levels are allowed make text, which keeps its cells only if asked")
  func levels() throws {
    let text = "a,b\n" + (0..<500).map { "w\($0),w\($0 % 20)" }.joined(separator: "\n")
    let file = try readLeads(text) {
      $0.maximumLevels = 100
      $0.blockBytes = 64
    }
    #expect(file.kind("a") == .text)
    #expect(file.table["a"]?.count == 500)
    #expect(file.cells("a").allSatisfy { $0 == nil })
    #expect(file.kind("b") == .category)
    let kept = try readLeads(text) {
      $0.maximumLevels = 100
      $0.keepsText = true
    }
    #expect(kept.cells("a").last == "w499")
    let numbers = try readLeads(
      "a;b\n" + (0..<500).map { "\($0 % 7);x" }.joined(separator: "\n") + "\n"
        + (0..<500).map { "\($0),25;x" }.joined(separator: "\n")
    ) {
      $0.maximumLevels = 10
      $0.blockBytes = 64
    }
    #expect(numbers.kind("a") == .numeric)
    #expect(numbers.numbers("a").last == 499.25)
  }

  @Test("levels are numbered by their first row in the file")
  func order() throws {
    let file = try readLeads(
      "a,b\n" + (0..<3000).map { "w\(($0 * 7) % 50),1" }.joined(separator: "\n")
    ) {
      $0.blockBytes = 100
    }
    guard case .category(let categories) = file.table["a"]?.values else {
      Issue.record("no category")
      return
    }
    #expect(categories.levels == (0..<50).map { "w\(($0 * 7) % 50)" })
  }

  @Test("missing words are missing in any case, and more can be named")
  func missing() throws {
    let file = try readLeads(
      "a,b\n1,Select\nNA,x\nn/a,SELECT\n,y\n ,\u{E4}\n?,z\nNULL,q\n-,q\n#NV,q\n2,q\n"
    ) {
      $0.missingWords = ["select"]
    }
    #expect(file.cells("a") == ["1.0", nil, nil, nil, nil, nil, nil, nil, nil, "2.0"])
    #expect(file.cells("b").prefix(3) == [nil, "x", nil])
  }

  @Test("a column without any value is a category without levels")
  func allMissing() throws {
    let file = try readLeads("a,b\n,1\nNA,2\n")
    #expect(file.cells("a") == [nil, nil])
    #expect(file.table["a"]?.count == 2)
  }
}
