import Tables

/// A file of leads that is read in blocks of rows, in bounded memory whatever its size.
///
/// The separator, the decimal mark and the order of dates come from the options or from the first block.
public final class LeadStream {
  /// How the file was understood.
  public let detection: Detection

  /// The names of the columns, in the order of the file.
  public let columnNames: [String]

  private let opening: Opening
  private let options: ReadingOptions
  private let hints: [String: ColumnHint]
  private var isUsed = false

  /// The rows once more, where the file was read before.
  private var again: BlockCutter?

  /// Text that is worked on at a time, in bytes: small enough for what a block becomes to stay in a core's cache.
  private static let blockBytes = 1 << 19

  /// Opens a file, or standard input (`-`), and reads its first rows.
  ///
  /// - Parameter hashes: Whether the summary is to have the digest of the file, for which each byte is
  ///   looked at once more.
  public init(path: String, options: ReadingOptions = ReadingOptions(), hashes: Bool = true)
    throws(SourceError)
  {
    opening = try Opening(path: path, options: options, canRestart: false, hashes: hashes)
    self.options = options
    let sample = HeadSample(opening, options)
    hints = sample.hints
    let names = opening.names.names
    let kept = opening.lastIsEmpty ? Array(names.dropLast()) : names
    columnNames = kept
    detection = Detection(
      format: opening.format, isCompressed: opening.source.isCompressed,
      separator: opening.dialect.separator,
      quote: opening.dialect.quote, encoding: sample.encoding, hasHeader: opening.hasHeader,
      decimalMark: sample.decimalMark, dateOrder: sample.dateOrder, columnCount: kept.count,
      rowCount: nil,
      renamedColumns: opening.names.renamed.filter { $0.position <= kept.count },
      droppedLastColumn: opening.lastIsEmpty)
  }

  /// Opens a file once more that was read before, so that it is known how its numbers and dates are written.
  init(
    again opening: Opening, options: ReadingOptions, hints: [String: ColumnHint]
  ) throws(SourceError) {
    self.opening = opening
    self.options = options
    self.hints = hints
    again = try opening.restartedCutter(
      options: options, blockBytes: options.blockBytes ?? Self.blockBytes)
    columnNames = opening.names.names
    detection = Detection(
      format: opening.format, isCompressed: opening.source.isCompressed,
      separator: opening.dialect.separator, quote: opening.dialect.quote,
      encoding: options.encoding ?? .utf8, hasHeader: opening.hasHeader, decimalMark: nil,
      dateOrder: nil, columnCount: columnNames.count, rowCount: nil, renamedColumns: [],
      droppedLastColumn: false)
  }

  /// Reads all rows, once.
  ///
  /// - Parameters:
  ///   - requests: The columns that the tables of the blocks have, in this order.
  ///   - transform: Called with each block's table and the number of rows before it, for several blocks at a time.
  ///   - consume: Called with the results one at a time, strictly in the order of the rows.
  /// - Precondition: Every requested name is one of `columnNames`, no alias is there twice, and the stream was not read before.
  /// - Throws: `.source` where the file cannot be read, `.caller` with what `transform` or `consume` threw.
  public func forEachBlock<Output: Sendable, Failure: Error>(
    requests: [ColumnRequest],
    transform: @Sendable (_ table: Table, _ firstRow: Int) throws(Failure) -> Output,
    consume: (Output) throws(Failure) -> Void
  ) throws(StreamError<Failure>) -> StreamSummary {
    try forEachBlock(requests: requests, keeping: nil, transform: transform, consume: consume)
  }

  /// Reads all rows, or those of a sample.
  func forEachBlock<Output: Sendable, Failure: Error>(
    requests: [ColumnRequest], keeping sample: RowSample?,
    transform: @Sendable (_ table: Table, _ firstRow: Int) throws(Failure) -> Output,
    consume: (Output) throws(Failure) -> Void
  ) throws(StreamError<Failure>) -> StreamSummary {
    precondition(!isUsed, "a stream of leads is read once")
    isUsed = true
    let reading = StreamReading(requests, opening, hints, options)
    let cutter =
      again
      ?? opening.cutter(options: options, blockBytes: options.blockBytes ?? Self.blockBytes)
    let pipeline = BlockPipeline<StreamBlock<Output>, BlockFailure<Failure>>(
      cutter: cutter, firstLine: opening.firstLine)
    let totals = Shared(StreamTotals(requests.count))
    var result = Result<Void, StreamError<BlockFailure<Failure>>>.success(())
    // One thread at a time consumes, so the closure is never run by two at once.
    withoutActuallyEscaping(consume) { consume in
      let consumer = Consumer(consume)
      do throws(StreamError<BlockFailure<Failure>>) {
        try pipeline.run(
          makeWorker: { reading.makeWorker() },
          index: { worker, block in reading.index(worker, block) },
          work: { worker, block, position throws(BlockFailure<Failure>) in
            let rows = sample?.rows(of: worker, block, firstRow: position.row)
            let (table, found) = reading.read(worker, block, position.line, rows: rows)
            if let refusal = reading.refusal(found) { throw .source(refusal) }
            do throws(Failure) {
              return StreamBlock(output: try transform(table, position.row), found: found)
            } catch {
              throw .caller(error)
            }
          },
          consume: { block throws(BlockFailure<Failure>) in
            totals.value.add(block.found)
            do throws(Failure) { try consumer.consume(block.output) } catch { throw .caller(error) }
          })
      } catch {
        result = .failure(error)
      }
    }
    switch result {
    case .failure(.source(let error)), .failure(.caller(.source(let error))): throw .source(error)
    case .failure(.caller(.caller(let error))): throw .caller(error)
    case .success: break
    }
    do throws(SourceError) {
      let digest = again == nil ? try opening.source.finishDigest() : ""
      return totals.value.summary(requests, badLines: opening.source.badLines, sha256: digest)
    } catch {
      throw .source(error)
    }
  }
}

/// A closure that is called by one thread at a time.
private struct Consumer<Output, Failure: Error>: @unchecked Sendable {
  let consume: (Output) throws(Failure) -> Void
  init(_ consume: @escaping (Output) throws(Failure) -> Void) { self.consume = consume }
}

/// What a caller made of a block, and what was met in it.
private struct StreamBlock<Output: Sendable>: Sendable {
  let output: Output
  let found: StreamFindings
}

/// Why a block failed.
enum BlockFailure<Failure: Error>: Error {
  case source(SourceError)
  case caller(Failure)
}
