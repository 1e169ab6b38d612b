import LinearAlgebra
import Testing

@Suite("Design matrices as bytes")
struct DesignMoldTests {
  /// The bytes of each stream of a design.
  private func streams(_ design: DesignMatrix) -> [[UInt8]] {
    var streams: [[UInt8]] = []
    design.forEachStream { bytes in
      streams.append(
        (0..<bytes.byteCount).map { unsafe bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) })
    }
    return streams
  }

  /// The design of a mold and the bytes of its streams.
  private func design(_ mold: DesignMold, rows: Int, _ streams: [[UInt8]]) -> DesignMatrix {
    var order: [Int] = []
    let design = mold.design(rowCount: rows) { stream, bytes in
      order.append(stream)
      #expect(bytes.byteCount == rows * mold.rowBytes[stream])
      for (place, byte) in streams[stream].enumerated() {
        bytes.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
      }
    }
    #expect(order == Array(mold.rowBytes.indices))
    return design
  }

  @Test("any mix of blocks comes back as it was", arguments: mixes.indices)
  func sameBits(mix: Int) throws {
    let design = try PlainDesign(mixes[mix], rows: 500, seed: 3).design
    let mold = DesignMold(design)
    let again = self.design(mold, rows: 500, streams(design))
    var generator = SeededGenerator(seed: 5)
    let (rows, columns) = (generator.vector(500, in: 0...1), generator.vector(design.columnCount))
    #expect(again.times(columns) == design.times(columns))
    #expect(again.transposedTimes(rows) == design.transposedTimes(rows))
    #expect(again.gram(weights: rows).dense() == design.gram(weights: rows).dense())
  }

  @Test("streams one after another are those of all rows", arguments: [5, 10, 17, 18])
  func joined(mix: Int) throws {
    let design = try PlainDesign(mixes[mix], rows: 300, seed: 4).design
    let parts = [Array(0..<120), Array(120..<300)].map { streams(design.rows($0)) }
    let joined = zip(parts[0], parts[1]).map { $0 + $1 }
    let again = self.design(DesignMold(design.rows([])), rows: 300, joined)
    var generator = SeededGenerator(seed: 6)
    let weights = generator.vector(300, in: 0...1)
    #expect(again.gram(weights: weights).dense() == design.gram(weights: weights).dense())
  }

  @Test("Gram matrices of parts add up to that of all rows", arguments: [5, 10, 13, 17])
  func sums(mix: Int) throws {
    let design = try PlainDesign(mixes[mix], rows: 400, seed: 7).design
    var generator = SeededGenerator(seed: 8)
    let weights = generator.vector(400, in: 0...1)
    var sum = design.rows(Array(0..<150)).gram(weights: Array(weights[..<150]))
    sum.add(design.rows(Array(150..<400)).gram(weights: Array(weights[150...])))
    let whole = design.gram(weights: weights).dense()
    #expect(largestDifference(sum.dense().elements, whole.elements) < 1e-14)
  }
}
