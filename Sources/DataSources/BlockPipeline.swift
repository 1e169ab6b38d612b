import Parallelism

/// Takes blocks from a cutter, works on several at a time, and hands the results over in the order of the text.
final class BlockPipeline<Output: Sendable, Failure: Error>: @unchecked Sendable {
  /// Where a block's rows and lines begin in the file, as far as they are known from the blocks before.
  struct Position: Sendable {
    var row = 0
    var line = 1
  }

  private let monitor = Monitor()
  private let cutter: BlockCutter
  /// The blocks for each thread that may be read before what is consumed.
  private let ahead = 8
  private var position: Position
  private var positioned = 0
  private var outputs: [Int: Result<Output, Failure>] = [:]
  private var spare: [TextBlock] = []
  /// Blocks that were read and that no thread has yet, and how many there should be when a thread takes one.
  private var ready: [TextBlock] = []
  private let wantedReady: Int
  private var isReading = false
  private var hasEnded = false
  private var taken = 0
  private var consumed = 0
  private var isConsuming = false
  private var sourceError: SourceError?
  private var failure: Failure?

  /// - Parameter readsAhead: Whether who reads leaves a block for those who come while the next one is read. Where a fingerprint
  ///   is taken too, reading is a third of all work, and threads would wait for it again and again; where not, a block that
  ///   another thread has read takes more time to fetch from its cache than that saves.
  init(cutter: BlockCutter, firstLine: Int, readsAhead: Bool = false) {
    self.cutter = cutter
    wantedReady = readsAhead && Parallel.threads > 1 ? 2 : 1
    position = Position(row: 0, line: firstLine)
  }

  /// Where the rows after the last block would begin.
  var end: Position { position }

  /// Runs until the text ends, or something fails.
  ///
  /// - Parameters:
  ///   - makeWorker: Called once in each thread.
  ///   - index: Finds a block's rows and lines.
  ///   - work: Does the rest, from the block's position on.
  ///   - consume: Takes the results, one at a time, in order.
  func run<Worker>(
    makeWorker: @Sendable () -> Worker,
    index: @Sendable (Worker, TextBlock) -> (rows: Int, lines: Int),
    work: @Sendable (Worker, TextBlock, Position) throws(Failure) -> Output,
    consume: @Sendable (Output) throws(Failure) -> Void
  ) throws(StreamError<Failure>) {
    let width = max(1, Parallel.threads)
    Parallel.forEach(width) { _ in
      let worker = makeWorker()
      while let block = take(ahead: ahead * width) {
        let (rows, lines) = index(worker, block)
        let start = pass(block.index, rows: rows, lines: lines)
        let output: Result<Output, Failure>
        do throws(Failure) {
          output = .success(try work(worker, block, start))
        } catch {
          output = .failure(error)
        }
        deliver(output, of: block, consume)
      }
    }
    if let failure { throw .caller(failure) }
    if let sourceError { throw .source(sourceError) }
  }

  /// The next block; nil at the end, or when something failed.
  ///
  /// One thread reads at a time.
  private func take(ahead: Int) -> TextBlock? {
    monitor.lock()
    defer { monitor.unlock() }
    while failure == nil, sourceError == nil {
      if !isReading, !hasEnded, ready.count < wantedReady, taken - consumed < ahead {
        isReading = true
        let block = spare.popLast() ?? TextBlock()
        monitor.unlock()
        let found = Result { () throws(SourceError) in try cutter.next(into: block) }
        monitor.lock()
        isReading = false
        switch found {
        case .success(true):
          ready.append(block)
          taken += 1
        case .success(false): hasEnded = true
        case .failure(let error): if failure == nil, sourceError == nil { sourceError = error }
        }
        monitor.wakeAll()
      } else if !ready.isEmpty {
        // The oldest, since later ones wait for it to be counted.
        return ready.removeFirst()
      } else if hasEnded {
        return nil
      } else {
        monitor.wait()
      }
    }
    return nil
  }

  /// Waits for the blocks before to be counted, and counts this one.
  private func pass(_ index: Int, rows: Int, lines: Int) -> Position {
    monitor.lock()
    while positioned < index { monitor.wait() }
    let start = position
    position.row += rows
    position.line += lines
    positioned += 1
    monitor.wakeAll()
    monitor.unlock()
    return start
  }

  /// Keeps a result until its turn, and consumes those whose turn has come.
  private func deliver(
    _ output: Result<Output, Failure>, of block: TextBlock,
    _ consume: (Output) throws(Failure) -> Void
  ) {
    monitor.lock()
    outputs[block.index] = output
    spare.append(block)
    guard !isConsuming else { return monitor.unlock() }
    isConsuming = true
    while failure == nil, let next = outputs.removeValue(forKey: consumed) {
      monitor.unlock()
      var thrown: Failure?
      do throws(Failure) { try consume(try next.get()) } catch { thrown = error }
      monitor.lock()
      failure = thrown
      consumed += 1
      monitor.wakeAll()
    }
    isConsuming = false
    monitor.unlock()
  }
}

/// Why a stream of leads was not read to its end.
public enum StreamError<Failure: Error>: Error, CustomStringConvertible {
  /// The file could not be read.
  case source(SourceError)

  /// What the caller does with the rows failed.
  case caller(Failure)

  public var description: String {
    switch self {
    case .source(let error): error.description
    case .caller(let error): String(describing: error)
    }
  }
}
