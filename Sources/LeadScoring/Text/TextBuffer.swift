import Tables

/// Bytes of a text that grows at its end: eight or more are copied at a time, beyond what is wanted, and the
/// next ones written over them.
@safe
struct TextBuffer: ~Copyable, @unchecked Sendable {
  private var room: UnsafeMutableRawPointer
  private var size: Int

  /// The bytes written.
  private(set) var count = 0

  /// Creates an empty buffer.
  init() {
    size = 256
    unsafe room = .allocate(byteCount: size, alignment: 16)
  }

  deinit { unsafe room.deallocate() }

  /// The bytes from a place on.
  func bytes(from start: Int = 0) -> [UInt8] {
    precondition(start >= 0 && start <= count)
    return unsafe [UInt8](UnsafeRawBufferPointer(start: room + start, count: count - start))
  }

  /// The byte at a place.
  subscript(place: Int) -> UInt8 {
    precondition(place >= 0 && place < count)
    return unsafe room.load(fromByteOffset: place, as: UInt8.self)
  }

  /// Calls `body` with all bytes.
  borrowing func withBytes<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void)
    throws(Failure)
  {
    let all = unsafe UnsafeRawBufferPointer(start: room, count: count)
    try unsafe body(all.bindMemory(to: UInt8.self).span)
  }

  /// Takes off the bytes from a place on.
  mutating func removeAll(from start: Int = 0) {
    precondition(start >= 0 && start <= count)
    count = start
  }

  /// Makes room for `more` bytes.
  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if size &- count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    size = max(2 * size, count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    unsafe larger.copyMemory(from: room, byteCount: count)
    unsafe room.deallocate()
    unsafe room = larger
  }

  /// Appends up to eight bytes, the first lowest.
  @inline(__always)
  mutating func append(word: UInt64, length: Int) {
    reserve(8)
    unsafe room.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
    count &+= length
  }

  /// Appends a byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) { append(word: UInt64(byte), length: 1) }

  /// Appends bytes.
  mutating func append(_ text: Span<UInt8>) {
    let length = text.count
    reserve(length)
    unsafe text.withUnsafeBytes { text in
      if let start = text.baseAddress {
        unsafe (room + count).copyMemory(from: start, byteCount: length)
      }
    }
    count &+= length
  }

  /// Appends a text.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { unsafe append($0.span) }
  }

  /// The bytes that are copied together.
  private struct Part: BitwiseCopyable {
    var parts: (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>)
  }

  /// Appends a text of a list, without its first `skipped` bytes.
  @inline(__always)
  mutating func append(_ texts: borrowing PaddedTexts, _ index: Int, skipping skipped: Int = 0) {
    let (start, length) = texts.place(index, skipping: skipped)
    reserve(length &+ PaddedTexts.padding)
    unsafe texts.bytes.withUnsafeBytes { bytes in
      var done = 0
      // How long a text is no processor foresees: what most have is copied without a look at it.
      repeat {
        let part = unsafe bytes.loadUnaligned(fromByteOffset: start &+ done, as: Part.self)
        unsafe room.storeBytes(of: part, toByteOffset: count &+ done, as: Part.self)
        done &+= PaddedTexts.padding
      } while done < length
    }
    count &+= length
  }
}

/// Texts in one buffer that may be read beyond their ends.
struct PaddedTexts: Sendable {
  /// The bytes of all texts, and `padding` more.
  let bytes: [UInt8]

  private let ends: [Int]

  /// Bytes that are copied together.
  static let padding = 48

  /// Puts texts into one buffer.
  init(_ texts: [[UInt8]]) {
    var bytes: [UInt8] = []
    var ends = [0]
    for text in texts {
      bytes += text
      ends.append(bytes.count)
    }
    self.bytes = bytes + [UInt8](repeating: 0, count: Self.padding)
    self.ends = ends
  }

  /// Puts texts into one buffer.
  init(_ texts: [String]) { self.init(texts.map { Array($0.utf8) }) }

  /// Where a text begins and how long it is, without its first `skipped` bytes.
  @inline(__always)
  func place(_ index: Int, skipping skipped: Int) -> (start: Int, length: Int) {
    let start = ends[index] &+ skipped
    let length = ends[index &+ 1] &- start
    precondition(length >= 0, "a text is not shorter than what is skipped of it")
    return (start, length)
  }
}
