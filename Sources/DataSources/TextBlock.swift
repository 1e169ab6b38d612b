import CKernels

/// A piece of a file that begins and ends with a record, with its separators and line ends marked.
///
/// One thread has it at a time; a lock hands it over.
final class TextBlock: @unchecked Sendable {
  /// The text, and at least `padding` bytes more that may be read.
  var bytes: [UInt8] = []

  /// The bytes that belong to the block.
  var count = 0

  /// A bit a byte: separators and line ends outside quotes.
  var structure: [UInt64] = []

  /// Those of them that are line ends, and the quotes: only where quotes are regular, and where the structure still has them.
  var lineEnds: [UInt64] = []
  var quoting: [UInt64] = []

  /// The physical lines that end in the text, also those in quotes.
  var physicalLines = 0

  /// What is wrong, in the order of the text; the record that holds the place is bad.
  var faults: [TextFault] = []

  /// Whether quotes stand where only going byte by byte tells what they mean.
  var isIrregular = false

  /// Whether there is a quote at all.
  var hasQuotes = false

  /// Whether there is a byte of 0x80 or more.
  var hasHighBytes = false

  /// The bytes before the first one that is not UTF-8, where somebody has looked.
  var validBytes: Int?

  /// The number of the block, from 0.
  var index = 0

  /// Bytes past the text that kernels may read.
  static let padding = 128

  /// Makes room for some bytes of text.
  func reserve(_ size: Int) {
    if bytes.count < size + Self.padding {
      bytes.append(contentsOf: [UInt8](repeating: 0, count: size + Self.padding - bytes.count))
    }
  }

  /// Whether a record is a line of the file, whatever line ends its cells hold.
  var countsRecords = false

  /// Makes room for masks of `count` bytes of text.
  func reserveMasks() {
    let missing = count / 64 + 1 - structure.count
    guard missing > 0 else { return }
    let more = [UInt64](repeating: 0, count: missing)
    structure += more
    lineEnds += more
    quoting += more
  }

  /// Keeps only the first bytes, which end with a line end outside quotes.
  func cut(to place: Int) {
    physicalLines -= unsafe bytes.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return 0 }
      return unsafe winnow_csv_lines(base + place, count - place)
    }
    count = place
    if place % 64 > 0 { structure[place / 64] &= (1 << UInt64(place % 64)) - 1 }
    if let first = faults.firstIndex(where: { $0.place >= place }) {
      faults.removeLast(faults.count - first)
    }
  }

  /// Lines that end before a place in the text.
  func lines(before place: Int) -> Int {
    if !countsRecords {
      return place == count ? physicalLines : unsafe winnow_csv_lines(bytes, place)
    }
    return (0..<place).count { bytes[$0] == 10 && structure[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
  }

  /// The byte of its line at which a place is, from 1.
  func column(of place: Int) -> Int {
    var start = place
    while start > 0, bytes[start - 1] != 10, bytes[start - 1] != 13 { start -= 1 }
    return place - start + 1
  }
}

/// Something wrong at a place of a block.
struct TextFault {
  enum Kind { case strayQuote, textAfterQuote, unclosedQuote }
  let kind: Kind
  let place: Int
}

/// The bytes that give a CSV text its shape.
struct Dialect: Sendable, Equatable {
  var separator: UInt8
  var quote: UInt8
}
