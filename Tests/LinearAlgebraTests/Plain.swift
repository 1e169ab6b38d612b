import LinearAlgebra

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

  mutating func vector(_ count: Int, in range: ClosedRange<Double> = -1...1) -> [Double] {
    (0..<count).map { _ in Double.random(in: range, using: &self) }
  }
}

/// What a random design matrix consists of.
enum Part {
  case intercept
  case dense(Int, DenseBlock.Precision)
  case levels(Int)
  /// Hats on so many knots.
  case hats(Int)
  /// Sets of so many codes.
  case sets(Int)
}

/// A design matrix, and the numbers that it was made of.
struct PlainDesign {
  private enum Source {
    case ones
    case values([[Double]])
    case codes([UInt32], levelCount: Int)
    case numbers([Double], knots: [Double])
    case sets([Set<UInt32>], codeCount: Int)
  }

  let design: DesignMatrix
  private let sources: [Source]

  init(_ parts: [Part], rows n: Int, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var blocks: [DesignBlock] = []
    var sources: [Source] = []
    for part in parts {
      switch part {
      case .intercept:
        blocks.append(.intercept)
        sources.append(.ones)
      case .dense(let count, let precision):
        let values = (0..<count).map { _ in generator.vector(n) }
        blocks.append(.dense(DenseBlock(columns: values, precision: precision)))
        sources.append(
          .values(precision == .double ? values : values.map { $0.map { Double(Float($0)) } }))
      case .levels(let count):
        // Low codes are frequent, high ones rare, and some levels may not occur.
        let codes = (0..<n).map { _ in
          let u = Double.random(in: 0..<1, using: &generator)
          return UInt32(u * u * Double(count + 1))
        }
        blocks.append(.levels(LevelBlock(codes: codes, levelCount: count)))
        sources.append(.codes(codes, levelCount: count))
      case .hats(let count):
        // Some values lie on knots or beyond them, and some are missing.
        let knots = (0..<count).map { Double($0 * $0) / 7 - 1 }
        let values = (0..<n).map { _ -> Double in
          let u = Double.random(in: -0.2...1.3, using: &generator)
          if u < -0.1 { return .nan }
          let place = u * Double(count - 1)
          return u > 0.9 ? knots[Int(place) % count] : place * place / 7 - 1
        }
        blocks.append(.hats(HatBlock(values: values, knots: knots)))
        sources.append(.numbers(values, knots: knots))
      case .sets(let count):
        // A list of sets, of which some are equal or empty and some codes may be in none.
        let list = (0..<2 * count + 3).map { place -> [UInt32] in
          (0..<place % 5).map { _ in UInt32.random(in: 0..<UInt32(count), using: &generator) }
        }
        let places = (0..<n).map { _ in
          UInt32.random(in: 0..<UInt32(list.count), using: &generator)
        }
        blocks.append(.sets(SetBlock(places: places, sets: list, codeCount: count)))
        sources.append(.sets(places.map { Set(list[Int($0)]) }, codeCount: count))
      }
    }
    design = try DesignMatrix(blocks: blocks, rowCount: n)
    self.sources = sources
  }

  /// Every column as numbers.
  var columns: [[Double]] {
    sources.flatMap { source -> [[Double]] in
      switch source {
      case .ones: [.init(repeating: 1, count: design.rowCount)]
      case .values(let values): values
      case .codes(let codes, let count):
        (0..<count).map { k in codes.map { $0 == k + 1 ? 1 : 0 } }
      case .numbers(let values, let knots): PlainDesign.hats(values, knots)
      case .sets(let sets, let count):
        (0..<count).map { k in sets.map { $0.contains(UInt32(k)) ? 1 : 0 } }
      }
    }
  }

  /// Each hat by its definition: 1 on its own knot, 0 on the others, straight between, level outside.
  private static func hats(_ values: [Double], _ knots: [Double]) -> [[Double]] {
    knots.indices.map { k in
      values.map { value in
        guard !value.isNaN else { return 0 }
        let x = min(max(value, knots[0]), knots[knots.count - 1])
        // The block keeps the fraction of the interval in 32 bits, and the hat on its left is the rest.
        if k > 0, x >= knots[k - 1], x < knots[k] {
          return Double(Float((x - knots[k - 1]) / (knots[k] - knots[k - 1])))
        }
        if k < knots.count - 1, x >= knots[k], x < knots[k + 1] {
          return 1 - Double(Float((x - knots[k]) / (knots[k + 1] - knots[k])))
        }
        return x == knots[k] ? 1 : 0
      }
    }
  }

  func times(_ v: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: design.rowCount)
    for (column, factor) in zip(columns, v) {
      for i in result.indices { result[i] += column[i] * factor }
    }
    return result
  }

  func transposedTimes(_ r: [Double]) -> [Double] {
    columns.map { column in zip(column, r).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  func gram(_ w: [Double]) -> Matrix {
    let columns = columns
    var result = Matrix(rows: columns.count, columns: columns.count)
    for (a, x) in columns.enumerated() {
      let rows = w.indices.filter { x[$0] != 0 && w[$0] != 0 }
      for (b, y) in columns.enumerated() where b <= a {
        var sum = 0.0
        for i in rows { sum += w[i] * x[i] * y[i] }
        result[a, b] = sum
        result[b, a] = sum
      }
    }
    return result
  }
}

/// Mixes of blocks: without and with a block to eliminate, at each place, in each code width.
let mixes: [[Part]] = [
  [.intercept],
  [.dense(1, .double)],
  [.levels(3)],
  [.levels(64)],
  [.intercept, .dense(5, .double), .levels(4), .levels(7)],
  [.levels(70), .intercept, .dense(6, .single)],
  [.dense(3, .single), .levels(5), .levels(300), .dense(9, .double), .intercept, .levels(80)],
  [.intercept, .levels(2), .dense(33, .single), .levels(66)],
  [.dense(0, .double), .levels(0), .intercept, .levels(1)],
  [.dense(70, .single), .intercept, .levels(3), .dense(2, .double), .levels(6)],
  [.intercept, .dense(3, .double)] + (2...11).map { .levels($0) } + [.levels(65)],
  [.hats(2)],
  [.hats(5), .intercept, .hats(300), .intercept],
  [
    .intercept, .dense(70, .single), .hats(9), .levels(4), .hats(20), .levels(7),
    .dense(3, .double),
  ],
  [.hats(12), .levels(70), .intercept, .levels(300), .hats(33), .dense(2, .double), .levels(6)],
  [.sets(5)],
  [.intercept, .sets(7), .sets(1), .levels(3)],
  [
    .sets(40), .intercept, .dense(70, .single), .levels(4), .hats(20), .levels(7),
    .dense(3, .double), .sets(11),
  ],
  [.hats(12), .levels(70), .intercept, .levels(300), .sets(90), .dense(2, .double), .levels(6)],
  [
    .hats(12), .sets(4), .levels(70), .intercept, .sets(50), .dense(2, .single), .levels(6),
    .sets(20), .dense(5, .double), .levels(9),
  ],
]

/// The largest difference of two vectors, as a share of the largest element (at least 1).
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  let scale = max(1, b.map(abs).max() ?? 0)
  return zip(a, b).map { abs($0 - $1) / scale }.max() ?? 0
}
