import Tables

/// The hot loops of the reader one at a time, on a text that is one block: for `Benchmarks`, which times them.
package final class ReadingLoops {
  private let text: [UInt8]
  private let dialect: Dialect
  private let block = TextBlock()
  private let worker = BlockWorker(
    missing: MissingWords(adding: []), decoding: TextDecoding(encoding: nil))

  /// Takes records without their header, separated by commas.
  package init(text: [UInt8]) {
    self.text = text
    dialect = Dialect(separator: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
    restore()
  }

  /// Puts the text back as it was, since `index` makes doubled quotes single in it.
  package func restore() {
    block.reserve(text.count)
    block.bytes.replaceSubrange(0..<text.count, with: text)
    block.count = text.count
  }

  /// Marks separators and line ends.
  package func mark() { RecordScanner(dialect: dialect).scan(block, isComplete: true) }

  /// The fingerprint of the text.
  package func fingerprint() -> String {
    let digest = Digest()
    digest.add(text, text.indices)
    return digest.finish()
  }

  /// The same, found while separators and line ends are marked where the processor has instructions for it.
  package func fingerprintMarking() -> String {
    let digest = Digest()
    if digest.isNative {
      RecordScanner(dialect: dialect).scan(block, isComplete: true, hashing: (digest, from: 0))
    } else {
      digest.add(text, text.indices)
      mark()
    }
    return digest.finish()
  }

  /// Finds the cells of the marked text; gives the number of records.
  package func index(columns: Int) -> Int {
    worker.index(
      block, reading: [Bool](repeating: true, count: columns), dialect: dialect,
      options: ReadingOptions()
    ).rows
  }

  /// The numbers of a column of the indexed text; NaN is missing.
  package func numbers(ofColumn column: Int) -> [Double] {
    guard case .numbers(let values, _) = worker.chunk(column, of: block, .numbers(.point)).values
    else { return [] }
    return values.array()
  }

  /// A code a row for the words of a column of the indexed text (0 is missing), and how many words there are.
  package func words(ofColumn column: Int) -> (codes: LevelCodes, count: Int) {
    guard case .words(let words) = worker.chunk(column, of: block, .words).values else {
      return (LevelCodes([]), 0)
    }
    return (words.codes.codes(), words.count)
  }
}
