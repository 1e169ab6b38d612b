import FeatureEncoding
import Foundation
import Tables
import TestSupport
import Testing

/// Seeded random numbers, the same on every machine (splitmix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A column of words; an empty one is missing.
func category(_ name: String, _ words: [String]) -> Column {
  var places: [String: UInt32] = [:]
  var levels: [String] = []
  let codes = words.map { word -> UInt32 in
    if word.isEmpty { return 0 }
    if let code = places[word] { return code }
    levels.append(word)
    places[word] = UInt32(levels.count)
    return UInt32(levels.count)
  }
  return Column(name: name, values: .category(Categories(codes: codes, levels: levels)))
}

/// A column of flags; nil is missing.
func flag(
  _ name: String, _ values: [Bool?], falseWord: String = "no", trueWord: String = "yes"
) -> Column {
  let codes = values.map { value -> UInt8 in value.map { $0 ? 2 : 1 } ?? 0 }
  return Column(
    name: name, values: .flag(Flags(codes: codes, falseWord: falseWord, trueWord: trueWord)))
}

/// Leads with every kind of column, missing values, rare levels, a constant and text.
struct MadeUpLeads {
  var revenue: [Double] = []
  var age: [Double] = []
  var source: [String] = []
  var hasBudget: [Bool?] = []
  var created: [Double] = []
  var contacted: [Double] = []

  /// The columns to learn from, in another order than the design has.
  static let features = [
    "source", "revenue", "hasBudget", "age", "contacted", "constant", "note", "created",
  ]

  init(count: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { Double.random(in: 0..<1, using: &generator) }
    let sources = ["web", "fair", "call", "mail"]
    for row in 0..<count {
      revenue.append(uniform() < 0.1 ? .nan : (-1000 * log(1 - uniform())).rounded())
      age.append(20 + 40 * uniform())
      let isRare = row % 50 == 7
      source.append(
        isRare
          ? "rare \(row / 200)" : uniform() < 0.05 ? "" : sources[Int(4 * uniform() * uniform())])
      hasBudget.append(uniform() < 0.2 ? nil : uniform() < 0.4)
      created.append((20_000 + 300 * uniform()).rounded())
      contacted.append(uniform() < 0.3 ? .nan : 19_900 + 100 * uniform())
    }
  }

  /// The table of some rows, in their order.
  func table(_ rows: [Int]) throws -> Table {
    try Table(columns: [
      Column(name: "revenue", values: .numeric(Numbers(rows.map { revenue[$0] }))),
      Column(name: "age", values: .numeric(Numbers(rows.map { age[$0] }))),
      category("source", rows.map { source[$0] }),
      flag("hasBudget", rows.map { hasBudget[$0] }),
      Column(name: "created", values: .date(Numbers(rows.map { created[$0] }))),
      Column(name: "contacted", values: .date(Numbers(rows.map { contacted[$0] }))),
      Column(name: "constant", values: .numeric(Numbers(rows.map { _ in 7 }))),
      Column(
        name: "note", values: .text(Texts(bytes: [], ends: rows.map { _ in 0 }))),
    ])
  }

  func table() throws -> Table { try table(Array(revenue.indices)) }
}

/// Learns from all rows of a table, each weighing 1 unless weights are given.
func encoder(
  _ table: Table, _ columns: [String]? = nil, weights: [Double]? = nil,
  dates: DateReference = .day(20_500)
) throws -> FeatureEncoder {
  try FeatureEncoder(
    learning: table, columns: columns ?? table.columnNames, rows: Array(0..<table.rowCount),
    weights: weights ?? [Double](repeating: 1, count: table.rowCount), dateReference: dates)
}

/// What an encoding of a number holds, as numbers.
func numbers(_ encoding: NumericEncoding) -> [Double] {
  [
    encoding.mean, encoding.standardDeviation, encoding.lowest, encoding.highest,
    encoding.presentLeads, encoding.missingLeads,
  ]
}

/// Expects two encoders to have the same fields, and the same numbers but for rounding.
func expectSame(
  _ found: FeatureEncoder, _ expected: FeatureEncoder, relativeTolerance: Double = 1e-12,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.fields.map(\.name) == expected.fields.map(\.name), sourceLocation: sourceLocation)
  #expect(found.dateReference == expected.dateReference, sourceLocation: sourceLocation)
  for (one, other) in zip(found.fields, expected.fields) {
    switch (one.rule, other.rule) {
    case (.numeric(let a), .numeric(let b)), (.date(let a), .date(let b)):
      #expect(a.transform == b.transform, sourceLocation: sourceLocation)
      expectAgreement(
        numbers(a), numbers(b), relativeTolerance: relativeTolerance,
        sourceLocation: sourceLocation)
    default: #expect(one.rule == other.rule, sourceLocation: sourceLocation)
    }
  }
}
