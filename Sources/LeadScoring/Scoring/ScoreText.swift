import DataSources
import Synchronization

/// The rows of a block of scored leads, as they are in a file.
///
/// One thread at a time has it. Its room goes from block to block: the system would have to hand out and
/// empty as much memory as the file has bytes otherwise.
public final class ScoreText: @unchecked Sendable {
  private var text = TextBuffer()
  private let room: ScoreTextRoom

  fileprivate init(_ room: ScoreTextRoom) { self.room = room }

  /// The bytes of the rows.
  public var bytes: [UInt8] { text.bytes() }

  /// Writes rows by `body`.
  func fill(_ body: (inout TextBuffer) -> Void) { body(&text) }

  /// Writes the rows to a file, once: the room is then another block's.
  public func write(to file: inout OutputFile) throws(OutputError) {
    try text.withBytes { bytes throws(OutputError) in try file.write(bytes) }
    text.removeAll()
    room.take(self)
  }
}

/// Texts of blocks that were written.
final class ScoreTextRoom: Sendable {
  private let idle = Mutex<[ScoreText]>([])

  /// An empty text.
  func next() -> ScoreText { idle.withLock { $0.popLast() } ?? ScoreText(self) }

  fileprivate func take(_ text: ScoreText) { idle.withLock { $0.append(text) } }
}
