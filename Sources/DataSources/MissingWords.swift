/// Words that stand for a value that is not there.
public struct MissingWords: Sendable {
  /// The words that every reader knows, in lower case; an empty cell or one of blanks is missing too.
  public static let standard = [
    "na", "n/a", "#n/a", "#na", "<na>", "nan", "null", "(null)", "nil", "\\n", "-", "--", "?", ".",
    "#nv", "k.a.",
    "k. a.", "#value!", "#wert!", "#div/0!", "#ref!", "#bezug!", "#name?", "#num!", "#zahl!",
    "#null!",
  ]

  /// Spellings in lower-case UTF-8.
  private let words: [[UInt8]]

  /// By the first byte of a cell and its length up to 31: whether it can be one of the words.
  ///
  /// A bit is set for each length; a byte of 0x80 or more can be any letter's in another encoding.
  private let lengths: [UInt32]

  /// Creates the standard words and some more, which count in any case.
  init(adding more: [String]) {
    words = (Self.standard + more).map { Self.folded($0) }.filter { !$0.isEmpty }
    var lengths = [UInt32](repeating: 0, count: 256)
    for word in words {
      let bit = UInt32(1) << UInt32(min(31, word.count))
      lengths[Int(word[0])] |= bit
      if word[0] >= 97, word[0] <= 122 { lengths[Int(word[0]) - 32] |= bit }
      // What is not ASCII may have another length before it is decoded or folded.
      if word.contains(where: { $0 >= 0x80 }) { lengths = lengths.map { _ in .max } }
    }
    for byte in 0x80...0xFF { lengths[byte] = .max }
    self.lengths = lengths
  }

  /// Whether a cell that begins with a byte and has some length can be one of the words.
  @inline(__always)
  func canBeMissing(first: UInt8, count: Int) -> Bool {
    (lengths[Int(first)] &>> UInt32(truncatingIfNeeded: min(31, count))) & 1 == 1
  }

  /// Whether a trimmed cell in UTF-8 is one of the words, or empty.
  func contains(_ cell: Span<UInt8>) -> Bool {
    guard cell.count > 0 else { return true }
    guard canBeMissing(first: cell[0], count: cell.count) else { return false }
    var folded: [UInt8] = []
    var isPlain = true
    for index in cell.indices {
      let byte = cell[index]
      if byte >= 0x80 { isPlain = false }
      folded.append(byte >= 65 && byte <= 90 ? byte + 32 : byte)
    }
    if !isPlain { folded = Self.folded(String(decoding: folded, as: UTF8.self)) }
    return words.contains(folded)
  }

  private static func folded(_ word: String) -> [UInt8] {
    let trimmed = word.drop { $0 == " " }
    return Array(String(trimmed).lowercased().utf8)
  }
}
