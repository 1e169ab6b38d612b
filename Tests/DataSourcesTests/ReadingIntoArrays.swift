@testable import DataSources

// What is read to places, read into arrays.

extension FastNumber {
  static func read(
    _ text: Span<UInt8>, _ cells: Span<Cell>, from first: Int, mark: DecimalMark,
    values: inout [Double], evidence: inout NumberEvidence
  ) -> Int {
    var span = values.mutableSpan
    return read(text, cells, from: first, mark: mark, values: &span, evidence: &evidence)
  }
}

extension FastDate {
  static func read(
    _ text: Span<UInt8>, _ cells: Span<Cell>, from first: Int, values: inout [Double],
    evidence: inout DateEvidence
  ) -> Int {
    var span = values.mutableSpan
    return read(text, cells, from: first, values: &span, evidence: &evidence)
  }
}

extension WordTable {
  func find<Code: WordCode>(
    _ cells: Span<Cell>, from first: Int, in text: Span<UInt8>, codes: inout [Code]
  ) -> Int {
    var span = codes.mutableSpan
    return find(cells, from: first, in: text, codes: &span)
  }
}
