import DataSources

/// The rows of a block of scored leads, as they are in a file.
public final class ScoreText: Sendable {
  private let text: TextBuffer

  init(_ text: consuming TextBuffer) { self.text = text }

  /// The bytes of the rows.
  public var bytes: [UInt8] { text.bytes() }

  /// Writes the rows to a file.
  public func write(to file: inout OutputFile) throws(OutputError) {
    try text.withBytes { bytes throws(OutputError) in try file.write(bytes) }
  }
}
