import CKernels

extension Span<UInt8> {
  /// The eight bytes from `index` on, the first lowest; they must lie in the span.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// A part of the text without blanks (space, tab, no-break space in UTF-8) at both ends.
  @inline(__always)
  func trimmed(_ cell: Cell) -> Cell {
    guard cell.start < cell.end else { return cell }
    let first = self[Int(cell.start)]
    let last = self[Int(cell.end) - 1]
    guard first <= 32 || last <= 32 || first == 0xC2 || last == 0xA0 else { return cell }
    return trimmedSlowly(cell)
  }

  @inline(never)
  private func trimmedSlowly(_ cell: Cell) -> Cell {
    var start = Int(cell.start)
    var end = Int(cell.end)
    while start < end {
      if Self.isBlank(self[start]) {
        start += 1
      } else if end - start >= 2, self[start] == 0xC2, self[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    while start < end {
      if Self.isBlank(self[end - 1]) {
        end -= 1
      } else if end - start >= 2, self[end - 2] == 0xC2, self[end - 1] == 0xA0 {
        end -= 2
      } else {
        break
      }
    }
    return Cell(start: UInt32(start), end: UInt32(end))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }
}

extension [UInt8] {
  /// Appends a part of a text.
  @inline(__always)
  mutating func append(_ text: Span<UInt8>, _ range: Range<Int>) {
    unsafe text.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

/// Where a cell lies in a block of text, without its quotes.
typealias Cell = winnow_cell

extension Cell {
  @inline(__always) var count: Int { Int(end) - Int(start) }
  @inline(__always) var range: Range<Int> { Int(start)..<Int(end) }
}
