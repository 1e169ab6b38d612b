extension CSVWriter {
  /// Text in Windows-1252.
  enum Windows1252 {
    /// The characters of the bytes 0x80 to 0x9F; 0 where there is none.
    private static let specials: [UInt32] = [
      0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
      0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]

    /// The byte of a character, if it has one.
    private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
      if scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value) { return UInt8(scalar.value) }
      guard scalar.value > 0xFF, let index = specials.firstIndex(of: scalar.value) else {
        return nil
      }
      return UInt8(0x80 + index)
    }

    /// The bytes in Windows-1252, or nil where they would not bring the text back.
    static func bytes(ofUTF8 text: Span<UInt8>) -> [UInt8]? {
      var source: [UInt8] = []
      source.reserveCapacity(text.count)
      for index in text.indices { source.append(text[index]) }
      guard let string = String(validating: source, as: UTF8.self) else { return nil }
      var result: [UInt8] = []
      result.reserveCapacity(source.count)
      for scalar in string.unicodeScalars {
        guard let byte = byte(scalar) else { return nil }
        result.append(byte)
      }
      return String(validating: result, as: UTF8.self) == nil ? result : nil
    }
  }
}
