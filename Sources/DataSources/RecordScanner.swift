import CKernels

/// Marks the structure of a text, by words of 64 bytes where quotes are regular and else byte by byte.
struct RecordScanner {
  let dialect: Dialect

  /// Marks a block's text, which begins a record.
  ///
  /// - Parameters:
  ///   - isComplete: Whether nothing comes after the text, so that an open quote stays open.
  ///   - digest: What the bytes from one on are added to.
  func scan(_ block: TextBlock, isComplete: Bool, hashing digest: (Digest, from: Int)? = nil) {
    block.reserveMasks()
    var findings = winnow_csv_findings()
    if let (digest, first) = digest {
      digest.withHash { hash in
        unsafe winnow_csv_scan_hashing(
          block.bytes, block.count, dialect.separator, dialect.quote, &block.structure,
          &block.lineEnds, &block.quoting, &findings, &hash, first)
      }
    } else {
      unsafe winnow_csv_scan(
        block.bytes, block.count, dialect.separator, dialect.quote, &block.structure,
        &block.lineEnds, &block.quoting, &findings)
    }
    block.physicalLines = Int(findings.lines)
    block.faults.removeAll(keepingCapacity: true)
    block.hasHighBytes = findings.high != 0
    block.validBytes = digest == nil ? nil : Int(findings.valid)
    block.hasQuotes = findings.quoted != 0
    // Blanks as separators need to be seen together.
    block.isIrregular =
      findings.irregular != 0 || (findings.inside != 0 && isComplete) || dialect.separator == 32
    if block.isIrregular { scanByteByByte(block, isComplete: isComplete) }
  }

  /// What a field is while its bytes go by.
  private enum Place { case start, plain, quoted, closed, blankAfter }

  /// Marks a text in which quotes are irregular.
  ///
  /// A quote opens a field only at its beginning (blanks may stand before). A quote elsewhere, and text after a
  /// closing one, is a fault, and the field then goes on to the next separator. A quote that nothing closes is a
  /// fault, and the field ends as if it had not been one. If blanks separate, several are one separator, and those at
  /// the beginning and the end of a line none.
  private func scanByteByByte(_ block: TextBlock, isComplete: Bool) {
    let count = block.count
    var marks = Bitmap(words: count / 64 + 1)
    let bytes = block.bytes
    let text = bytes.span
    let (separator, quote) = (dialect.separator, dialect.quote)
    var place = Place.start
    var opening = 0
    var isFaulty = false
    var beginsLine = true
    var at = 0
    while true {
      while at < count {
        let byte = text[at]
        if place == .quoted {
          if byte == quote {
            if at + 1 < count, text[at + 1] == quote { at += 1 } else { place = .closed }
          }
        } else if byte == 10 || (byte == 13 && endsLine(text, at, count)) {
          marks.set(at)
          place = .start
          isFaulty = false
          beginsLine = true
        } else if byte == separator, byte != 32 || (!beginsLine && separates(text, at, count)) {
          marks.set(at)
          place = .start
          isFaulty = false
          beginsLine = false
        } else if byte == quote {
          if place == .start {
            place = .quoted
            opening = at
          } else {
            if !isFaulty {
              let kind = place == .plain ? TextFault.Kind.strayQuote : .textAfterQuote
              block.faults.append(TextFault(kind: kind, place: at))
            }
            isFaulty = true
            place = .plain
          }
        } else if byte != 32, byte != 9, byte != 13 || place == .plain || place == .start {
          if place == .closed || place == .blankAfter {
            if !isFaulty { block.faults.append(TextFault(kind: .textAfterQuote, place: at)) }
            isFaulty = true
          }
          place = .plain
        } else if place == .closed {
          place = .blankAfter
        }
        if byte != 32 && byte != 10 && byte != 13 { beginsLine = false }
        at += 1
      }
      guard place == .quoted, isComplete else { break }
      // Nothing closes this quote: it was text, and its line is bad.
      block.faults.append(TextFault(kind: .unclosedQuote, place: opening))
      isFaulty = true
      place = .plain
      at = opening + 1
    }
    marks.move(to: &block.structure)
  }

  /// Whether a blank is the last one between two fields.
  private func separates(_ text: Span<UInt8>, _ at: Int, _ count: Int) -> Bool {
    at + 1 < count && text[at + 1] != 32 && text[at + 1] != 10 && text[at + 1] != 13
  }

  /// Whether a CR ends a line: it does unless it belongs to the LF that follows it or the CR after it.
  private func endsLine(_ text: Span<UInt8>, _ at: Int, _ count: Int) -> Bool {
    let next = at + 1 < count ? text[at + 1] : 0
    if next == 10 { return false }
    return !(next == 13 && at + 2 < count && text[at + 2] == 10)
  }
}

/// A bit for each byte of a text.
private struct Bitmap {
  private var words: [UInt64]

  init(words: Int) { self.words = [UInt64](repeating: 0, count: words) }

  mutating func set(_ bit: Int) { words[bit / 64] |= 1 << UInt64(bit % 64) }

  func move(to structure: inout [UInt64]) {
    for index in words.indices { structure[index] = words[index] }
  }
}
