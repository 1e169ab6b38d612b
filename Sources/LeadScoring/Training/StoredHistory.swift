import DataSources
import FeatureEncoding
import LinearAlgebra
import Regression
import Tables

/// All leads of a history that is not in memory: encoded, in a temporary file.
///
/// A pass reads them part by part and adds the sums of parts in their order, so that neither memory nor result
/// depends on how many there are or on the number of threads.
final class StoredHistory: Sendable {
  /// What was met among all rows.
  let counts: HistoryCounts

  /// The sum of the weights of the leads with an outcome.
  var totalWeight: Double { counts.weight }

  private let file: ScratchFile
  private let mold: DesignMold
  private let isWeighted: Bool

  /// Blocks of the file, some of which together are a part.
  private let parts: [[Block]]

  /// Leads one after another in the file: their outcomes, their weights if any, then the streams of their design.
  private struct Block {
    let rows: Int
    let place: Int
  }

  /// The leads of a part at least, but for the last one.
  private static let partRows = 1 << 17

  /// Reads a file once more, encodes all leads with an outcome, and keeps them.
  ///
  /// - Parameters:
  ///   - set: The leads at hand, which are a sample.
  ///   - problem: What they have taught: the encoder and its pairs.
  init(
    _ whole: WholeFile, _ set: TrainingSet, _ problem: LinearProblem, folder: String?
  ) throws(TrainingError) {
    let encoder = BlockEncoder(
      problem.encoder, pairs: problem.pairs, levels: whole.levels, rowCount: whole.rowCount)
    let reader = HistoryBlock.Reader(set, encoder: encoder)
    var counts = HistoryCounts()
    var blocks: [Block] = []
    var place = 0
    do throws(ScratchError) { file = try ScratchFile(folder: folder) } catch {
      throw .scratch(error)
    }
    do throws(EncodingError) { mold = DesignMold(try encoder.encode(set.table, rows: [])) } catch {
      throw .encoding(error)
    }
    isWeighted = set.roles.weight != nil
    let file = file
    do throws(StreamError<TrainingError>) {
      try whole.forEachBlock(
        columns: reader.columns(of: problem.encoder),
        transform: { table, firstRow throws(TrainingError) in
          try reader.block(table, firstRow: firstRow)
        },
        consume: { block throws(TrainingError) in
          counts.add(block.counts)
          guard !block.outcomes.isEmpty else { return }
          blocks.append(Block(rows: block.outcomes.count, place: place))
          do throws(ScratchError) {
            try block.forEachStream { bytes throws(ScratchError) in
              try file.write(bytes, at: place)
              place += bytes.byteCount
            }
          } catch { throw .scratch(error) }
        })
    } catch {
      switch error {
      case .source(let error): throw .source(error)
      case .caller(let error): throw error
      }
    }
    self.counts = counts
    parts = Self.parts(blocks)
  }

  private static func parts(_ blocks: [Block]) -> [[Block]] {
    var parts: [[Block]] = []
    var rows = partRows
    for block in blocks {
      if rows >= partRows {
        parts.append([])
        rows = 0
      }
      parts[parts.count - 1].append(block)
      rows += block.rows
    }
    return parts
  }

  /// The sums of all leads at some coefficients: one pass.
  func sums(at coefficients: [Double]) throws(TrainingError) -> RowSums {
    var total: RowSums?
    do throws(ScratchError) {
      for part in parts {
        let sums = try sums(of: part, at: coefficients)
        if total == nil { total = sums } else { total?.add(sums) }
      }
    } catch { throw .scratch(error) }
    guard let total else { throw .outcome(.noRows(column: "")) }
    return total
  }

  private func sums(of part: [Block], at coefficients: [Double]) throws(ScratchError) -> RowSums {
    let rows = part.reduce(0) { $0 + $1.rows }
    var bytes = [UInt8](repeating: 0, count: rows)
    var weights = [Double](repeating: 1, count: isWeighted ? rows : 0)
    // Where the next stream of each block begins.
    var places = part.map(\.place)
    do {
      var span = bytes.mutableSpan
      var outcomes = unsafe span.mutableBytes
      try read(1, of: part, &places, into: &outcomes)
    }
    if isWeighted {
      var span = weights.mutableSpan
      var numbers = unsafe span.mutableBytes
      try read(8, of: part, &places, into: &numbers)
    }
    let design = try mold.design(rowCount: rows) { stream, stored throws(ScratchError) in
      try read(mold.rowBytes[stream], of: part, &places, into: &stored)
    }
    return RowSums(
      design, outcomes: bytes.map { Double($0) }, weights: isWeighted ? weights : nil,
      at: coefficients)
  }

  /// Reads a stream of all blocks of a part, one after another.
  private func read(
    _ width: Int, of part: [Block], _ places: inout [Int], into bytes: inout MutableRawSpan
  ) throws(ScratchError) {
    var start = 0
    for (index, block) in part.enumerated() {
      let count = width * block.rows
      try file.read(into: &bytes, start..<start + count, from: places[index])
      places[index] += count
      start += count
    }
  }
}
