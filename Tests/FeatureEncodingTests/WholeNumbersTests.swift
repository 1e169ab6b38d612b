import CKernels
import LinearAlgebra
import Tables
import TestSupport
import Testing

@testable import FeatureEncoding

@Suite("Whole numbers")
struct WholeNumbersTests {
  private static let rowCount = 60_000

  /// Counts with a long tail, some of them missing; every third row is not learned from.
  private func table(
    _ change: (inout [Double]) -> Void = { _ in }
  ) throws -> (table: Table, rows: [Int], outcomes: [Double]) {
    var generator = SeededGenerator(seed: 5)
    var numbers = (0..<Self.rowCount * 3 / 2).map { _ -> Double in
      let u = Double.random(in: 0..<1, using: &generator)
      return u < 0.1 ? .nan : (u * u * u * u * u * u * 300).rounded(.down)
    }
    change(&numbers)
    let rows = numbers.indices.filter { $0 % 3 != 1 }
    let outcomes = rows.map { row in
      Double.random(in: 0..<1, using: &generator) < 0.1 * logOnePlus(numbers[row]) ? 1.0 : 0
    }
    return (
      try Table(columns: [Column(name: "visits", values: .numeric(Numbers(numbers)))]), rows,
      outcomes
    )
  }

  private func learned(
    _ data: (table: Table, rows: [Int], outcomes: [Double]), weights: [Double]
  ) throws -> NumericEncoding {
    let encoder = try FeatureEncoder(
      learning: data.table, columns: ["visits"], rows: data.rows, weights: weights,
      outcomes: data.outcomes, dateReference: .day(0))
    guard case .numeric(let encoding) = encoder.fields[0].rule else {
      throw EncodingError.noFeatures
    }
    return encoding
  }

  @Test("what is learned of many rows by counts is what their numbers tell one by one")
  func counted() throws {
    let data = try table()
    let weights = [Double](repeating: 1, count: data.rows.count)
    guard case .numeric(let cells)? = data.table["visits"]?.values else { return }
    let numbers = FieldNumbers(cells, rows: TableRows(data.rows, of: data.table))
    let counts = try #require(numbers.wholeNumbers(outcomes: data.outcomes))
    #expect(counts.leads.reduce(0, +) == Double(data.rows.count))
    let converted = zip(counts.leads, counts.shares).reduce(0) { $0 + $1.0 * $1.1 }
    expectAgreement([converted], [data.outcomes.reduce(0, +)], relativeTolerance: 1e-12)
    let found = try learned(data, weights: weights)
    let expected = NumericEncoding(
      learning: data.rows.map { cells[$0] }, weights: weights, outcomes: data.outcomes)
    #expect(found.transform == expected.transform && found.transform == .log1p)
    #expect(found.lowest == expected.lowest && found.highest == expected.highest)
    expectAgreement(
      [found.mean, found.standardDeviation, found.presentLeads, found.missingLeads],
      [
        expected.mean, expected.standardDeviation, expected.presentLeads, expected.missingLeads,
      ], relativeTolerance: 1e-12)
  }

  @Test("other numbers are learned from one by one", arguments: [-1, 0.5, 4096, 1e300])
  func others(number: Double) throws {
    // In the last row that is learned from.
    let data = try table { $0[$0.count - 1] = number }
    guard case .numeric(let cells)? = data.table["visits"]?.values else { return }
    let numbers = FieldNumbers(cells, rows: TableRows(data.rows, of: data.table))
    #expect(numbers.wholeNumbers(outcomes: data.outcomes) == nil)
    let ones = [Double](repeating: 1, count: data.rows.count)
    let expected = NumericEncoding(
      learning: data.rows.map { cells[$0] }, weights: nil, outcomes: data.outcomes)
    #expect(try learned(data, weights: ones) == expected)
  }

  @Test(
    "whole numbers are standardised by a table as one by one, among others and beyond what training saw",
    arguments: [nil, -3, 0.25, 70_000, 1e300] as [Double?])
  func standardized(other: Double?) throws {
    let encoding = try learned(
      table(), weights: [Double](repeating: 1, count: Self.rowCount))
    let data = try table { numbers in
      numbers[17] = 4095
      numbers[20] = -0.0
      if let other { numbers[300] = other }
    }
    guard case .numeric(let cells)? = data.table["visits"]?.values else { return }
    let fill = encoding.values(
      FieldNumbers(cells, rows: TableRows(data.rows, of: data.table)))[0]
    var found = [Double](repeating: 0, count: 256)
    for first in [0, 256, 40_000] {
      fill(first..<first + 256, &found)
      let expected = data.rows[first..<first + 256].map { encoding.standardized(cells[$0]) }
      expectAgreement(found, expected, relativeTolerance: 1e-14)
    }
  }

  @Test("a number beyond the table stops a count", arguments: [0, 7, 999])
  func stops(place: Int) {
    var numbers = (0..<1000).map { Double($0 % 40) }
    numbers[place] = 40
    let cells = Numbers(numbers)
    let rows = (0..<1000).map { Int64($0) }
    let outcomes = (0..<1000).map { Double($0 % 3 / 2) }
    var counts = [UInt32](repeating: 0, count: 8 * 42)
    #expect(
      unsafe cells.withCells { unsafe winnow_count_whole($0, rows, outcomes, 1000, 39, &counts) }
        == 0)
    counts = [UInt32](repeating: 0, count: 8 * 42)
    #expect(
      unsafe cells.withCells { unsafe winnow_count_whole($0, rows, outcomes, 1000, 40, &counts) }
        == 1)
    #expect(counts.reduce(0, +) == 1000)
    #expect(counts[8 * 40..<8 * 41].reduce(0, +) == 1)
  }
}
