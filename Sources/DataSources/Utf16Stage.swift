/// Turns UTF-16 into UTF-8; what is no character becomes U+FFFD.
final class Utf16Stage: ByteStage {
  private let source: any ByteStage
  private let isBigEndian: Bool
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var output: [UInt8] = []
  private var outputStart = 0
  private var oddByte: UInt8?
  private var highSurrogate: UInt16?
  private var hasEnded = false

  init(_ source: any ByteStage, isBigEndian: Bool) {
    self.source = source
    self.isBigEndian = isBigEndian
  }

  func read(into buffer: inout [UInt8], from start: Int, to end: Int) throws(SourceError) -> Int {
    while outputStart == output.count, !hasEnded { try convertSome() }
    let count = min(output.count - outputStart, end - start)
    buffer.replaceSubrange(
      start..<(start + count), with: output[outputStart..<(outputStart + count)])
    outputStart += count
    return count
  }

  private func convertSome() throws(SourceError) {
    output.removeAll(keepingCapacity: true)
    outputStart = 0
    let count = try source.read(into: &input, from: 0, to: input.count)
    for byte in input[..<count] {
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      let (high, low) = isBigEndian ? (first, byte) : (byte, first)
      add(UInt16(high) << 8 | UInt16(low))
    }
    guard count == 0 else { return }
    hasEnded = true
    if highSurrogate != nil || oddByte != nil { append(0xFFFD) }
  }

  private func add(_ unit: UInt16) {
    if let high = highSurrogate {
      highSurrogate = nil
      if unit & 0xFC00 == 0xDC00 {
        return append(0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF)))
      }
      append(0xFFFD)
    }
    switch unit & 0xFC00 {
    case 0xD800: highSurrogate = unit
    case 0xDC00: append(0xFFFD)
    default: append(UInt32(unit))
    }
  }

  private func append(_ scalar: UInt32) {
    let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
    output.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
  }
}
