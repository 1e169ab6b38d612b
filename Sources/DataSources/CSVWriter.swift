/// Appends rows of cells to a buffer, as a file of comma- or semicolon-separated values.
///
/// Cells are quoted only where they must be. Text that a spreadsheet would run as a formula is made
/// harmless by a leading apostrophe, as OWASP's page "CSV Injection" asks; numbers stay numbers.
public struct CSVWriter: Sendable {
  /// How the file is written.
  public let style: Style

  var bytes: [UInt8]
  private(set) var count = 0
  private var cellsInRow = 0
  private var rowStart = 0

  /// Creates a writer with an empty buffer.
  ///
  /// - Parameter room: The bytes that will be written, about: a buffer that grows is copied, and its
  ///   memory new each time.
  public init(style: Style = .standard, room: Int = 0) {
    self.style = style
    bytes = [UInt8](repeating: 0, count: room)
  }

  /// The number of bytes in the buffer.
  public var byteCount: Int { count }

  /// The bytes written so far; the buffer is then empty.
  public mutating func takeBytes() -> [UInt8] {
    bytes.removeLast(bytes.count - count)
    count = 0
    rowStart = 0
    defer { bytes = [] }
    return bytes
  }

  /// Hands the bytes written so far to a file; the buffer is then empty and keeps its room.
  public mutating func flush(to file: inout OutputFile) throws(OutputError) {
    try file.write(bytes.span.extracting(0..<count))
    count = 0
    rowStart = 0
  }

  /// Writes an empty cell.
  public mutating func writeMissing() { beginCell(room: 0) }

  /// Writes a whole number.
  public mutating func writeInteger(_ number: Int) {
    beginCell(room: 20)
    append(integer: number)
  }

  /// Writes true or false in the style's words; nil is an empty cell.
  public mutating func writeFlag(_ flag: Bool?) {
    guard let flag else { return writeMissing() }
    writeText(flag ? style.trueWord : style.falseWord)
  }

  /// Ends the row.
  public mutating func endRow() {
    reserve(4)
    // A lone empty cell would be an empty line, which many readers skip.
    if cellsInRow == 1, count == rowStart {
      append(Self.quote)
      append(Self.quote)
    }
    if style.lineEnd == .crlf { append(UInt8(ascii: "\r")) }
    append(UInt8(ascii: "\n"))
    cellsInRow = 0
    rowStart = count
  }

  static let quote = UInt8(ascii: "\"")

  /// Writes the separator where one is due, and makes room for `room` bytes of a cell.
  mutating func beginCell(room: Int) {
    reserve(room + 1)
    if cellsInRow > 0 { append(style.separator) }
    cellsInRow += 1
  }

  /// Makes room for `more` bytes.
  mutating func reserve(_ more: Int) {
    if bytes.count - count < more {
      bytes += [UInt8](repeating: 0, count: max(bytes.count, more, 256))
    }
  }

  /// Appends a byte; there must be room.
  mutating func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  /// Appends bytes; there must be room.
  mutating func append(_ text: Span<UInt8>) {
    let start = count
    count += text.count
    guard text.count < 16 else { return copy(text, to: start) }
    var room = bytes.mutableSpan
    for index in text.indices { room[start + index] = text[index] }
  }

  /// Copies a long text, for which the call is worth it.
  private mutating func copy(_ text: Span<UInt8>, to start: Int) {
    unsafe text.withUnsafeBytes { text in
      unsafe bytes.withUnsafeMutableBytes { bytes in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start..<start + text.count])
        unsafe room.copyMemory(from: text)
      }
    }
  }

  /// Appends the bytes of an ASCII text; there must be room.
  mutating func append(_ text: String) { for byte in text.utf8 { append(byte) } }

  /// Appends a whole number; there must be room for 20 bytes.
  mutating func append(integer number: Int) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digits: UInt64(number.magnitude), width: 1)
  }

  /// Appends the digits of a number, padded with zeros to `width`; there must be room.
  mutating func append(digits number: UInt64, width: Int) {
    var length = 1
    var bound: UInt64 = 10
    while length < 20, length < width || number >= bound {
      length += 1
      if length < 20 { bound &*= 10 }
    }
    var rest = number
    let start = count
    count += length
    var position = count
    var room = bytes.mutableSpan
    while position > start {
      position -= 1
      room[position] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
  }
}

extension CSVWriter {
  /// How a file is written.
  public struct Style: Sendable, Equatable {
    /// The byte between cells.
    public var separator = UInt8(ascii: ",")

    /// The byte before decimals.
    public var decimalMark = UInt8(ascii: ".")

    public var lineEnd = LineEnd.lf
    public var encoding = Encoding.utf8
    public var dates = Dates.iso
    public var falseWord = "false"
    public var trueWord = "true"

    /// Whether text that a spreadsheet would run as a formula gets a leading apostrophe.
    public var guardsFormulas = true

    /// Commas, decimal points, UTF-8, LF: what programs read.
    public static let standard = Style()

    /// What a German Excel opens by a double click.
    public static let german: Style = {
      var style = Style()
      style.separator = UInt8(ascii: ";")
      style.decimalMark = UInt8(ascii: ",")
      style.lineEnd = .crlf
      style.encoding = .windows1252
      style.dates = .dotted
      style.falseWord = "FALSCH"
      style.trueWord = "WAHR"
      return style
    }()

    /// Creates the standard style.
    public init() {}
  }

  /// The end of a line.
  public enum LineEnd: Sendable { case lf, crlf }

  /// The spelling of dates: `2024-12-31` or `31.12.2024`.
  public enum Dates: Sendable { case iso, dotted }

  /// The bytes of text.
  public enum Encoding: Sendable {
    case utf8

    /// Windows-1252, except for cells that it would not bring back.
    ///
    /// A cell is in UTF-8 all the same if it has a character that Windows-1252 lacks, or if its bytes
    /// in Windows-1252 would happen to be UTF-8 of something else. So a reader that takes each cell as
    /// UTF-8 where it can be, and as Windows-1252 where not, gets every cell as it was.
    case windows1252
  }
}
