import CKernels
import Testing

@testable import DataSources

@Suite("UTF-8")
struct UTF8Tests {
  private func isUTF8(_ bytes: [UInt8]) -> Bool {
    TextDecoding.isUTF8(bytes.span, 0..<bytes.count)
  }

  @Test("text is UTF-8 where the standard library reads it, wherever its characters lie")
  func validation() {
    var random = SplitMix(state: 17)
    let good = [
      "a", "é", "ß", "€", "\u{FFFF}", "😀", "\u{10FFFF}", "\u{7FF}", "\u{800}", "\u{D7FF}",
    ]
    // Lone continuations and leads, overlong forms, surrogates, beyond the last character, cut off.
    let bad: [[UInt8]] = [
      [0x80], [0xC3], [0xC0, 0xAF], [0xC1, 0x81], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0xAF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
      [0xF0, 0x9F, 0x98], [0xFF], [0xE2, 0x28, 0xA1],
    ]
    for length in 0..<400 {
      var text: [UInt8] = []
      while text.count < length {
        // Mostly ASCII, as files are.
        text += random.next() % 8 == 0 ? Array(good[Int(random.next() % 10)].utf8) : [0x61]
      }
      #expect(isUTF8(text))
      for fault in bad {
        var broken = text
        broken.insert(contentsOf: fault, at: Int(random.next() % UInt64(text.count + 1)))
        #expect(
          isUTF8(broken)
            == (String(validating: broken, as: UTF8.self) != nil))
      }
      // A part that ends within a character is none.
      #expect(
        isUTF8(text.dropLast())
          == (String(validating: text.dropLast(), as: UTF8.self) != nil))
    }
  }
}
