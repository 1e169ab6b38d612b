import DataSources

/// The loops of the reader, on one thread: structure, cells, numbers, words.
struct ReadingSubject {
  private let history: History
  private let loops: ReadingLoops

  private static let number = "page_views"
  private static let decimals = "session_minutes"
  private static let word = "job_title"

  init(_ history: History) throws {
    self.history = history
    loops = ReadingLoops(text: history.records)
    Benchmarks.expect(loops.fingerprintMarking() == loops.fingerprint(), "fingerprint")
    loops.mark()
    Benchmarks.expect(loops.index(columns: history.columns.count) == history.rows, "records")
    for name in [Self.number, Self.decimals] {
      let expected = history.cells(of: name).map { Double($0) ?? .nan }
      let found = loops.numbers(ofColumn: place(of: name))
      Benchmarks.expect(
        found.count == expected.count
          && zip(found, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) },
        "numbers of \(name)")
    }
    let words = history.cells(of: Self.word)
    let found = loops.words(ofColumn: place(of: Self.word))
    Benchmarks.expect(
      found.count == Set(words).subtracting([""]).count
        && zip(found.codes, words).allSatisfy { ($0 == 0) == $1.isEmpty }, "words of \(Self.word)")
  }

  func lines(_ bounds: Bounds) -> [String] {
    let bytes = Double(history.records.count)
    let memory = "memory read \(speed(bounds.read.one))"
    // Marks are found by the fast scan only where quotes are as they were.
    loops.restore()
    let marks = Timing { loops.mark() }
    let fingerprint = Timing { _ = loops.fingerprint() }
    let both = Timing { _ = loops.fingerprintMarking() }
    let cells = Timing(
      before: {
        loops.restore()
        loops.mark()
      }, { _ = loops.index(columns: history.columns.count) })
    let numbers = [Self.number, Self.decimals].map { name in
      column(name, "numbers", Timing { _ = loops.numbers(ofColumn: place(of: name)) })
    }
    let words = column(
      Self.word, "words", Timing { _ = loops.words(ofColumn: place(of: Self.word)) })
    return [
      line(
        "tokenise: marks", "separators and line ends", marks, per: "row", count: history.rows,
        speed: speed(bytes / marks.median), bound: memory),
      line(
        "fingerprint", "SHA-256 and the marks", both, per: "row", count: history.rows,
        speed: speed(bytes / both.median),
        bound: "SHA-256 alone \(speed(bytes / fingerprint.median))"),
      line(
        "tokenise: cells", "\(history.columns.count) cells a row from marks", cells, per: "row",
        count: history.rows, speed: speed(bytes / cells.median), bound: memory),
    ] + numbers + [words]
  }

  private func column(_ name: String, _ loop: String, _ timing: Timing) -> String {
    let bytes = history.cells(of: name).reduce(0) { $0 + $1.utf8.count + 1 }
    return line(
      loop, name, timing, per: "cell", count: history.rows,
      speed: speed(Double(bytes) / timing.median), bound: "in the cache")
  }

  private func place(of name: String) -> Int { history.columns.firstIndex(of: name) ?? 0 }
}
