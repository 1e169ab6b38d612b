/// The bytes of a file that is read at once, as a model is.
public enum FileBytes {
  /// Reads a file, or standard input (`-`), of at most `most` bytes.
  ///
  /// - Throws: `SourceError` where it cannot be opened or read, or is larger.
  public static func read(path: String, most: Int) throws(SourceError) -> [UInt8] {
    let file = try RawFile(path: path, hashes: false)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try file.read(into: &block, from: 0, to: block.count)
      guard count > 0 else { return bytes }
      bytes += block[..<count]
      guard bytes.count <= most else {
        throw .cannotRead(file: path, reason: "it has more than \(most) bytes")
      }
    }
  }
}
