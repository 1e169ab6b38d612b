/// Files that are no tables of text, known by their first bytes.
enum ForeignFormat {
  private static let csvAdvice = "open it in the program that made it and save it as CSV"

  private static let signatures: [(bytes: [UInt8], name: String, advice: String)] = [
    (
      Array("PK".utf8) + [3, 4], "an Excel workbook or another ZIP file",
      "open it in a spreadsheet and save it as CSV"
    ),
    (
      [0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook",
      "open it in a spreadsheet and save it as CSV"
    ),
    (Array("%PDF".utf8), "a PDF document", "export the table it shows as CSV"),
    (Array("PAR1".utf8), "a Parquet file", "convert it to CSV"),
    (Array("SQLite format 3".utf8), "an SQLite database", "export its table as CSV"),
    (Array("BZh".utf8) + [0x31], "compressed with bzip2", "decompress it first (bunzip2)"),
    (Array("BZh".utf8) + [0x39], "compressed with bzip2", "decompress it first (bunzip2)"),
    ([0xFD] + Array("7zXZ".utf8), "compressed with xz", "decompress it first (unxz)"),
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd", "decompress it first (unzstd)"),
    (Array("7z".utf8) + [0xBC, 0xAF], "a 7-Zip archive", "unpack it first"),
    (Array("Rar!".utf8), "a RAR archive", "unpack it first"),
    ([0x89] + Array("PNG".utf8), "an image", csvAdvice),
    ([0xFF, 0xD8, 0xFF], "an image", csvAdvice),
    ([0x7F] + Array("ELF".utf8), "a program", csvAdvice),
    (Array("{\\rtf".utf8), "a rich text document", csvAdvice),
  ]

  /// What a file is that begins so, if it is not text.
  static func named(by head: ArraySlice<UInt8>) -> (name: String, advice: String)? {
    for signature in signatures where head.starts(with: signature.bytes) {
      return (signature.name, signature.advice)
    }
    let start = head.drop { $0 == 32 || ($0 >= 9 && $0 <= 13) }
    let words = String(decoding: start.prefix(200), as: UTF8.self).lowercased()
    if words.hasPrefix("<!doctype html") || words.hasPrefix("<html") {
      return (
        "a web page", "perhaps a log-in page was saved in place of the file; download the CSV again"
      )
    }
    if words.hasPrefix("<?xml") { return ("an XML file", csvAdvice) }
    if start.first == UInt8(ascii: "["),
      start.dropFirst().first(where: { $0 != 32 && !($0 >= 9 && $0 <= 13) }) == UInt8(ascii: "{")
    {
      return ("a JSON array", "write one object a line (JSON Lines), or CSV")
    }
    let odd = head.count { $0 < 32 && $0 != 0 && !($0 >= 9 && $0 <= 13) && $0 != 26 && $0 != 27 }
    if head.count >= 64, odd * 10 > head.count { return ("not text", "expected CSV or JSON Lines") }
    return nil
  }
}
