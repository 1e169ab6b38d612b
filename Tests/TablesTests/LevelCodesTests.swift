import Tables
import Testing

@Suite("Codes of levels")
struct LevelCodesTests {
  /// The bits a row that codes are kept in.
  private func bits(_ codes: LevelCodes) -> Int {
    switch codes.storage {
    case .shorts: 16
    case .words: 32
    }
  }

  @Test(
    "are kept in 16 bits where these hold them, and are the same in 32",
    arguments: [([0, 1, 65_535], 16), ([65_536, 0], 32), ([4_000_000_000, 1], 32), ([], 16)])
  func width(codes: [UInt32], bits: Int) {
    let found = LevelCodes(codes)
    #expect(self.bits(found) == bits)
    for kept in [found, LevelCodes(.words(codes))] {
      #expect(Array(kept) == codes && kept.wide == codes)
      #expect(kept.count == codes.count && kept.reversed() == codes.reversed())
      #expect(kept.largest == Int(codes.max() ?? 0))
    }
    let categories = Categories(codes: codes, levels: [])
    #expect(self.bits(categories.codes) == bits && categories.codes.wide == codes)
  }

  @Test("are added to others, and widened when one does not fit")
  func appending() {
    var codes = LevelCodes(capacity: 3, largest: 65_535)
    #expect(codes.isEmpty && bits(codes) == 16)
    codes.append(LevelCodes([1, 65_535]))
    let before = codes
    codes.append(LevelCodes([7]))
    #expect(bits(codes) == 16 && codes.wide == [1, 65_535, 7])
    codes.append(LevelCodes([65_536]))
    #expect(bits(codes) == 32 && codes.wide == [1, 65_535, 7, 65_536])
    codes.append(LevelCodes([2, 0]))
    #expect(bits(codes) == 32 && codes.wide == [1, 65_535, 7, 65_536, 2, 0])
    #expect(before.wide == [1, 65_535])

    var wide = LevelCodes(capacity: 3, largest: 65_536)
    #expect(wide.isEmpty && bits(wide) == 32)
    wide.append(LevelCodes([3]))
    #expect(bits(wide) == 32 && wide.wide == [3])
  }

  @Test("of some rows, and what a list has for them, are in the order of these")
  func rows() {
    for codes in [LevelCodes([5, 6, 0, 8]), LevelCodes(.words([5, 6, 0, 8]))] {
      let some = codes.rows([3, 3, 0])
      #expect(some.wide == [8, 8, 5] && bits(some) == bits(codes))
      #expect(codes.entries(of: Array("abcdefghi")) == ["f", "g", "a", "i"])
      #expect(codes.entries(of: Array("abcdefghi"), rows: [3, 3, 0]) == ["i", "i", "f"])
    }
  }

  @Test("are translated by a list, whose entries say how many bits are needed")
  func translation() {
    for codes in [LevelCodes([2, 0, 1, 2]), LevelCodes(.words([2, 0, 1, 2]))] {
      let narrow = codes.translated(by: [9, 0, 65_535])
      #expect(narrow.wide == [65_535, 9, 0, 65_535] && bits(narrow) == 16)
      let wide = codes.translated(by: [9, 65_536, 70_000])
      #expect(wide.wide == [70_000, 9, 65_536, 70_000] && bits(wide) == 32)
    }
  }
}
