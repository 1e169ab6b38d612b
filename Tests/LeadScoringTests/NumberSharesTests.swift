import FeatureEncoding
import Foundation
import Tables
import Testing

@testable import LeadScoring

@Suite("Shares of numbers")
struct NumberSharesTests {
  private static func line(
    _ transform: NumericEncoding.Transform = .identity, mean: Double = 0, deviation: Double = 1,
    range: ClosedRange<Double>
  ) -> NumericEncoding {
    NumericEncoding(
      transform: transform, mean: mean, standardDeviation: deviation, lowest: range.lowerBound,
      highest: range.upperBound, presentLeads: 90, missingLeads: 10)
  }

  /// What `make_logarithms.py` wrote.
  private struct Logarithms: Decodable {
    enum Cell: Decodable {
      case number(Double), text(String)
      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let number = try? value.decode(Double.self) {
          self = .number(number)
        } else {
          self = .text(try value.decode(String.self))
        }
      }
    }
    let logarithms: [[Cell]]
  }

  @Test("logarithms are within 1.2 ulp of forty digits")
  func logarithms() throws {
    let path = try #require(
      Bundle.module.resourceURL?.appendingPathComponent("Fixtures/logarithms.json"))
    let reference = try JSONDecoder().decode(Logarithms.self, from: Data(contentsOf: path))
    var numbers: [Double] = []
    var exact: [Decimal] = []
    var rounded: [Double] = []
    for row in reference.logarithms {
      guard case .number(let number) = row[0], case .text(let digits) = row[1] else {
        Issue.record("a number and its logarithm")
        return
      }
      numbers.append(number)
      // Decimals have an end at 1e-128, before which logarithms are what is added to 1.
      exact.append(Decimal(string: digits) ?? 0)
      rounded.append(try #require(Double(digits)))
    }
    let encoding = Self.line(.log1p, range: 0...Double.greatestFiniteMagnitude)
    var counts = CellCounts()
    let found = NumberShares(.line(encoding, slope: 1), missing: 7).shares(of: numbers, &counts)
    var worst = 0.0
    for index in numbers.indices {
      guard rounded[index] > 1e-100 else {
        #expect(found[index] == rounded[index])
        continue
      }
      // A decimal of 38 digits holds a double's 17 significant ones and what is left.
      let difference = NSDecimalNumber(
        decimal: (Decimal(string: "\(found[index])") ?? 0) - exact[index]
      ).doubleValue
      // The shortest digits of a double are within half an ulp of it: that much the bound is wider.
      worst = max(worst, abs(difference) / rounded[index].ulp)
    }
    #expect(worst <= 1.7)
    let off = zip(found, rounded).count { abs($0 - $1) > $1.ulp }
    #expect(off == 0, "a logarithm within 1.2 ulp is at most one ulp from the rounded one")
  }

  @Test(
    "a line's shares are the slope times standardized values, and what is not there or far off is counted"
  )
  func lines() {
    var random = SplitMix(state: 41)
    for transform in [NumericEncoding.Transform.identity, .log1p] {
      let encoding = Self.line(transform, mean: 2.5, deviation: 1.7, range: 0...900)
      let shares = NumberShares(.line(encoding, slope: -0.6), missing: 0.25)
      for count in [0, 1, 7, 8, 1000] {
        var numbers = (0..<count).map { _ in random.unit() * 3000 - 1000 }
        for row in stride(from: 0, to: count, by: 5) { numbers[row] = .nan }
        var counts = CellCounts()
        let found = shares.shares(of: numbers, &counts)
        for (number, share) in zip(numbers, found) {
          let expected = number.isNaN ? 0.25 : -0.6 * encoding.standardized(number)
          if transform == .identity { #expect(share == expected) }
          // An ulp of a logarithm of 900 is 9e-16, of which 0.6 / 1.7 are left.
          #expect(abs(share - expected) <= 1e-15)
        }
        #expect(counts.missing == numbers.count { $0.isNaN })
        #expect(counts.farOutside == numbers.count { $0 < -900 || $0 > 1800 })
      }
    }
  }

  @Test("a line that does not vary has no share, and one that overflows is still finite")
  func hardLines() {
    var counts = CellCounts()
    let flat = NumberShares(.line(Self.line(deviation: 0, range: 3...3), slope: 5), missing: -1)
    #expect(flat.shares(of: [3, .nan, 1e300], &counts) == [0, -1, 0])
    let huge = Self.line(mean: -1.5e308, deviation: 1e308, range: -1.7e308...1.7e308)
    let found = NumberShares(.line(huge, slope: 1), missing: 0).shares(of: [1.7e308], &counts)
    #expect(found == [huge.standardized(1.7e308)])
    #expect(found[0].isFinite)
  }

  @Test("a curve's shares are those of its points and levels, at jumps and beyond the ends too")
  func curves() {
    var random = SplitMix(state: 43)
    let tables: [[Double]] = [
      [0, 4, 4, 9.5, 100, 2000], [-3, 2], [1.5, 1.5, 7], (0..<40).map { Double($0 * $0) },
    ]
    let owns: [[Double]] = [[], [0, 4, 7.25, 1500, 1e6]]
    for places in tables {
      let values = places.map { _ in random.unit() - 0.5 }
      for levels in owns {
        let effects = levels.map { _ in random.unit() - 0.5 }
        let encoding = CurveEncoding(
          line: Self.line(range: 0...100), knots: places,
          levels: levels.map { CurveEncoding.Level(value: $0, leads: 20) })
        let shares = NumberShares(.points(encoding, values, effects: effects), missing: 3)
        var numbers: [Double] = places + levels + [.nan, -1, 1023, 1024, 1e300, -1e300]
        numbers += (0..<500).map { _ in (random.unit() * 4000).rounded() / 2 - 20 }
        numbers += (0..<501).map { _ in random.unit() * 2500 - 20 }
        var counts = CellCounts()
        for (number, share) in zip(numbers, shares.shares(of: numbers, &counts)) {
          guard !number.isNaN else {
            #expect(share == 3)
            continue
          }
          let (left, fraction) = encoding.place(of: number)
          let base =
            fraction == 0
            ? values[left] : values[left] + fraction * (values[left + 1] - values[left])
          let level = encoding.levelCode(of: number)
          #expect(share == base + (level > 0 ? effects[level - 1] : 0), "\(number) of \(places)")
        }
        #expect(counts.missing == 1)
      }
    }
  }

  @Test("the groups of pairs are those that an encoding gives")
  func axes() {
    var random = SplitMix(state: 47)
    let days = ReferenceDays.each((0..<700).map { _ in random.unit() < 0.1 ? .nan : 20_000 })
    let numbers = (0..<700).map { _ in
      random.unit() < 0.1 ? .nan : (random.unit() * 40).rounded() / 2
    }
    let columns: [(CoarseEncoding.Groups, Column.Values)] = [
      (.cuts([2, 5.5, 11]), .numeric(Numbers(numbers))), (.cuts([3]), .numeric([])),
      (.cuts([19_990, 19_999.5]), .date(Numbers(numbers))),
      (
        .levels(["b", "d"], hasMissing: true),
        .category(Categories(codes: [0, 1, 2, 3, 4, 5], levels: ["a", "b", "c", "d"]))
      ),
      (
        .levels(["a", "c"], hasMissing: false),
        .category(Categories(codes: [0, 1, 2, 3], levels: ["a", "b", "c"]))
      ),
      (
        .flag(falseWord: "no", trueWord: "yes"),
        .flag(Flags(codes: [0, 1, 2, 1], falseWord: "no", trueWord: "yes"))
      ),
    ]
    for (groups, values) in columns {
      let column = Column(name: "x", values: values)
      let encoding = CoarseEncoding(groups: groups)
      let scorer = AxisScorer(PairTerm.Axis(field: "x", groups: encoding))
      #expect(
        scorer.codes(of: column, referenceDays: days)
          == encoding.codes(of: column, rows: 0..<column.count) { days.day($0) })
    }
  }
}
