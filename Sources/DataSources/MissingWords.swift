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
  private let words: Set<[UInt8]>

  /// Bytes of the longest word.
  private let longest: Int

  /// Creates the standard words and some more, which count in any case.
  init(adding more: [String]) {
    words = Set((Self.standard + more).map { Self.folded($0) })
    longest = words.map(\.count).max() ?? 0
  }

  /// Whether a cell of some bytes can be one of the words.
  func canBeMissing(_ count: Int) -> Bool { count <= 2 * longest }

  /// Whether a trimmed cell in UTF-8 is one of the words, or empty.
  func contains(_ cell: Span<UInt8>) -> Bool {
    guard cell.count > 0 else { return true }
    guard cell.count <= longest else { return false }
    var folded: [UInt8] = []
    var isPlain = true
    for index in cell.indices {
      let byte = cell[index]
      if byte >= 0x80 { isPlain = false }
      folded.append(byte >= 65 && byte <= 90 ? byte + 32 : byte)
    }
    return words.contains(
      isPlain ? folded : Self.folded(String(decoding: folded, as: UTF8.self)))
  }

  private static func folded(_ word: String) -> [UInt8] {
    let trimmed = word.drop { $0 == " " }
    return Array(String(trimmed).lowercased().utf8)
  }
}
