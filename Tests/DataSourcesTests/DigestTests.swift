import Testing

@testable import DataSources

@Suite("SHA-256")
struct DigestTests {
  private func digest(_ bytes: [UInt8], pieces: [Int] = []) -> String {
    let digest = Digest()
    var start = 0
    for piece in pieces + [bytes.count] {
      let end = min(bytes.count, start + piece)
      digest.add(bytes, start..<end)
      start = end
    }
    return digest.finish()
  }

  /// The messages are those of NIST's examples for FIPS 180-4.
  @Test(
    "is that of published messages",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func published(message: String, expected: String) {
    #expect(digest(Array(message.utf8)) == expected)
  }

  @Test("is right where the padding ends a block and where it begins one")
  func lengths() {
    let all = (0..<200).map { digest([UInt8](repeating: 97, count: $0)) }
    // Python: sha256("".join(sha256(b"a" * n).hexdigest() for n in range(200)).encode()).hexdigest()
    #expect(
      digest(Array(all.joined().utf8))
        == "019f2b9f1af27a53a1f046da7e98af2c179f431e4b5bebb000e74040917a4123")
  }

  @Test("does not depend on the pieces", arguments: 1...10)
  func pieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<3000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let pieces = (0..<100).map { _ in Int.random(in: 0...200, using: &random) }
    #expect(digest(bytes, pieces: pieces) == digest(bytes))
  }

  @Test(
    "of a file is that of its bytes, whatever blocks it is read in and whatever its text is",
    arguments: [("", "plain"), ("\u{FEFF}", "plain"), ("", "a \"stray\" quote")])
  func files(beginning: String, cell: String) throws {
    var text = beginning + "id,n,c\n"
    // A record that is longer than some blocks, and more text than is looked at before a table is read.
    text += "1,2,\"\(String(repeating: "long \"\"cell\"\"\r\n", count: 900))\"\n"
    text += "2,2,\(cell)\n"
    for row in 0..<6000 { text += "L\(row),\(row % 97).5,\"ä, \(row % 7)\"\n" }
    let expected = digest(Array(text.utf8))
    for block in [100, 4096, 70_001, 1 << 20] {
      let file = try readLeads(text) {
        $0.blockBytes = block
        $0.skipsBadRows = true
      }
      #expect(file.sha256 == expected, "blocks of \(block)")
    }
  }

  @Test("the text is checked on the way: characters in two blocks, and one that is no UTF-8")
  func encodings() throws {
    let cells = (0..<6000).map {
      ["é€", "😀x", "plain", "ß", "\u{7FF}\u{800}\u{10FFFF}"][$0 * 7919 % 5]
    }
    let text = "n,c\n" + cells.enumerated().map { "\($0 % 97).5,\($1)\n" }.joined()
    // An ä of Windows-1252 in the last row alone.
    let others = Array(text.utf8) + Array("1,".utf8) + [0xE4, 10]
    let wide = try readLeads(others) { $0.blockBytes = 1 << 20 }.cells("c")
    #expect(wide == cells + ["ä"])
    for block in [100, 4096, 70_001] {
      #expect(try readLeads(text) { $0.blockBytes = block }.cells("c") == cells, "\(block)")
      #expect(try readLeads(others) { $0.blockBytes = block }.cells("c") == wide, "\(block)")
    }
  }
}
