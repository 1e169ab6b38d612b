/// The text of a file: decompressed, and in UTF-8 or Windows-1252 without byte-order mark.
final class TextSource {
  /// The file as messages name it.
  let name: String

  /// Whether it was compressed.
  let isCompressed: Bool

  /// The encoding that its byte-order mark or its pattern of zero bytes shows, if any.
  let shownEncoding: TextEncoding?

  /// Whether the text begins with an object.
  let beginsWithBrace: Bool

  /// About how many bytes of text there are, nil where the size of the file does not tell.
  var byteCount: Int? { json == nil && !isCompressed ? raw?.byteCount : nil }

  /// Text that is turned into CSV, if this is such CSV.
  private let json: (base: TextSource, keys: [String], options: ReadingOptions)?

  private let path: String
  private let raw: RawFile?
  private let stage: any ByteStage

  /// All text that was read, where the file cannot be read again.
  private var spool: Spool?

  /// Opens a file and looks at its first bytes.
  ///
  /// - Parameters:
  ///   - hashes: Whether the digest of the stored bytes is wanted.
  ///   - canRestart: Whether the text must be readable a second time; what comes from a pipe is then kept.
  convenience init(path: String, options: ReadingOptions, hashes: Bool, canRestart: Bool)
    throws(SourceError)
  {
    try self.init(
      path: path, encoding: options.encoding, hashes: hashes,
      spool: canRestart ? Spool(limit: options.spoolLimit) : nil)
  }

  /// - Parameter spool: What keeps the text where it comes from a pipe.
  private init(path: String, encoding: TextEncoding?, hashes: Bool, spool: Spool?)
    throws(SourceError)
  {
    self.path = path
    name = RawFile.name(of: path)
    let raw = try RawFile(path: path, hashes: hashes)
    self.raw = raw
    let magic = try raw.peek(2)
    isCompressed = magic == [0x1F, 0x8B]
    var stage: any ByteStage = raw
    if isCompressed { stage = try GzipStage(raw, name: name) }
    let head = try HeadStage(stage, name: name)
    shownEncoding = head.encoding
    beginsWithBrace = head.beginsWithBrace
    json = nil
    stage = head
    switch encoding ?? head.encoding {
    case .utf16LittleEndian: stage = Utf16Stage(head, isBigEndian: false)
    case .utf16BigEndian: stage = Utf16Stage(head, isBigEndian: true)
    case .utf8, .windows1252, nil: break
    }
    self.stage = stage
    if !raw.isRegular { self.spool = spool }
  }

  /// Text that is at hand, with the name of the file it is from.
  init(name: String, stage: any ByteStage, shownEncoding: TextEncoding?, isCompressed: Bool) {
    self.name = name
    path = ""
    raw = nil
    self.stage = stage
    self.shownEncoding = shownEncoding
    self.isCompressed = isCompressed
    beginsWithBrace = false
    json = nil
  }

  /// Text that was read from a file before.
  convenience init(text: [UInt8], of source: TextSource) throws(SourceError) {
    var spool = Spool()
    try spool.add(text[...])
    self.init(
      name: source.name, stage: SpoolStage(spool), shownEncoding: source.shownEncoding,
      isCompressed: source.isCompressed)
  }

  /// Text that was read from a file before, and then what the file still has.
  convenience init(text: [UInt8], before source: TextSource) throws(SourceError) {
    self.init(
      name: source.name, stage: try JoinedStage(text, source), shownEncoding: source.shownEncoding,
      isCompressed: source.isCompressed)
  }

  /// The CSV that JSON Lines become, from the text's beginning, with a field for each of some keys.
  ///
  /// - Parameters:
  ///   - base: The file, for its digest and for reading again.
  ///   - text: Its text.
  init(
    base: TextSource, text: TextSource, keys: [String], options: ReadingOptions
  ) throws(SourceError) {
    name = base.name
    path = ""
    raw = nil
    shownEncoding = .utf8
    isCompressed = base.isCompressed
    beginsWithBrace = false
    json = (base, keys, options)
    let lines = try JSONLineSource(
      text, longest: 2 * options.maximumCellBytes, skippedLines: options.skippedLines)
    stage = JSONLinesStage(
      lines, file: base.name, keys: LevelTable(keys), skipsBadRows: options.skipsBadRows)
  }

  /// Whether the text comes from a pipe, and is kept.
  var isSpooled: Bool { json?.base.isSpooled ?? (spool != nil) }

  /// Lines that were left out before they became rows.
  var badLines: BadRows { (stage as? JSONLinesStage)?.badRows ?? BadRows() }

  /// Puts at most `end - start` bytes of text into a buffer; 0 is the end.
  func read(into buffer: inout [UInt8], from start: Int, to end: Int) throws(SourceError) -> Int {
    let count = try stage.read(into: &buffer, from: start, to: end)
    try spool?.add(buffer[start..<(start + count)])
    return count
  }

  /// The same text from its beginning.
  ///
  /// - Precondition: The source was opened to be restarted.
  func restarted(encoding: TextEncoding?) throws(SourceError) -> TextSource {
    if let json {
      let again = try json.base.restarted(encoding: encoding)
      return try TextSource(base: json.base, text: again, keys: json.keys, options: json.options)
    }
    if let spool {
      return TextSource(
        name: name, stage: SpoolStage(spool), shownEncoding: shownEncoding,
        isCompressed: isCompressed)
    }
    return try TextSource(path: path, encoding: encoding, hashes: false, spool: nil)
  }

  /// The digest of the stored bytes, for a reader that adds all further ones itself, as it can where they are the text as it is;
  /// nil where the source goes on to add them.
  func handOverDigest() -> Digest? {
    guard let raw, let head = stage as? HeadStage, !isCompressed, head.isAtEnd else { return nil }
    return raw.handOverDigest()
  }

  /// SHA-256 of the stored bytes, those included that nobody read; nil where it was not asked for.
  func finishDigest() throws(SourceError) -> String? {
    if let json { return try json.base.finishDigest() }
    return try raw?.finishDigest()
  }
}

/// Gives text that was read before, then what a source still has.
private final class JoinedStage: ByteStage {
  private let first: TextSource
  private let rest: TextSource

  init(_ text: [UInt8], _ rest: TextSource) throws(SourceError) {
    first = try TextSource(text: text, of: rest)
    self.rest = rest
  }

  func read(into buffer: inout [UInt8], from start: Int, to end: Int) throws(SourceError) -> Int {
    let count = try first.read(into: &buffer, from: start, to: end)
    return count > 0 ? count : try rest.read(into: &buffer, from: start, to: end)
  }
}

/// Looks at the first bytes, takes a byte-order mark off, and gives the rest.
private final class HeadStage: ByteStage {
  private let source: any ByteStage
  private var head: [UInt8]
  private var start = 0
  let encoding: TextEncoding?

  /// Whether the first character, blanks aside, is `{`.
  var beginsWithBrace: Bool {
    head[start...].first { $0 != 0 && $0 != 32 && !($0 >= 9 && $0 <= 13) } == UInt8(ascii: "{")
  }

  /// Whether all of the head was read.
  var isAtEnd: Bool { start == head.count }

  init(_ source: any ByteStage, name: String) throws(SourceError) {
    self.source = source
    var head = [UInt8](repeating: 0, count: 4096)
    var count = 0
    while count < head.count {
      let read = try source.read(into: &head, from: count, to: head.count)
      if read == 0 { break }
      count += read
    }
    head.removeLast(head.count - count)
    self.head = head
    if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      encoding = .utf8
      start = 3
    } else if head.starts(with: [0xFF, 0xFE]) {
      encoding = .utf16LittleEndian
      start = 2
    } else if head.starts(with: [0xFE, 0xFF]) {
      encoding = .utf16BigEndian
      start = 2
    } else {
      encoding = Self.pattern(of: head)
    }
    if let what = ForeignFormat.named(by: head[start...]) {
      throw .notText(file: name, what: what.name, advice: what.advice)
    }
  }

  /// UTF-16 without a byte-order mark: nearly every second byte is zero.
  private static func pattern(of head: [UInt8]) -> TextEncoding? {
    guard head.count >= 8 else { return nil }
    var zeros = [0, 0]
    for (index, byte) in head.enumerated() where byte == 0 { zeros[index % 2] += 1 }
    let many = head.count / 2 * 4 / 5
    if zeros[1] > many, zeros[0] < many / 8 { return .utf16LittleEndian }
    if zeros[0] > many, zeros[1] < many / 8 { return .utf16BigEndian }
    return nil
  }

  func read(into buffer: inout [UInt8], from first: Int, to end: Int) throws(SourceError) -> Int {
    guard start < head.count else { return try source.read(into: &buffer, from: first, to: end) }
    let count = min(head.count - start, end - first)
    buffer.replaceSubrange(first..<(first + count), with: head[start..<(start + count)])
    start += count
    return count
  }
}
