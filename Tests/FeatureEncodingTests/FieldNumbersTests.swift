import CKernels
import Foundation
import TestSupport
import Tables
import Testing

@testable import FeatureEncoding

@Suite("Field numbers")
struct FieldNumbersTests {
  @Test(
    "some rows written to an array are a part of all the rows", arguments: [0..<5, 1..<3, 4..<5])
  func parts(places: Range<Int>) throws {
    let cells: Numbers = [3, .nan, -1, 8, 2.5, 7]
    let table = try Table(columns: [Column(name: "created", values: .date([9, 8, 7, 6, 5, 4]))])
    let rows = TableRows([5, 0, 2, 4, 3], of: table)
    let reference = try ReferenceDays(.column("created"), in: table)
    for numbers in [
      FieldNumbers(cells, rows: rows), FieldNumbers(cells, rows: rows, before: reference),
    ] {
      var part = [Double](repeating: 0, count: places.count)
      numbers.write(places, to: &part)
      #expect(part == Array(numbers.all[places]))
    }
    #expect(FieldNumbers(cells, rows: rows, before: reference).all == [-3, 6, 8, 2.5, -2])
    let oneDay = try ReferenceDays(.day(10), in: table)
    #expect(FieldNumbers(cells, rows: rows, before: oneDay).all == [3, 7, 11, 7.5, 2])
  }

  @Test("the logarithms of a column are those of its numbers to two units of the last place")
  func logarithms() {
    var numbers: [Double] = [0, 4095, 4096, 1e-300, 1e-9, 0.5, 1 - 0x1p-53, 1, 1e16, 1e300]
    for whole in 0..<5000 {
      numbers += [Double(whole), Double(whole) + 0.25, Double(whole) / 5000]
    }
    var found = numbers
    unsafe winnow_logarithms(found, found.count, &found)
    for (number, logarithm) in zip(numbers, found) {
      let expected = logOnePlus(number)
      #expect(abs(logarithm - expected) <= 2 * expected.ulp, "\(number)")
    }
    // Whole numbers together, which lose nothing beside 1.
    let whole = (0..<640).map { Double($0 * $0 * $0) }
    found = whole
    unsafe winnow_logarithms(whole, whole.count, &found)
    for (number, logarithm) in zip(whole, found) {
      #expect(abs(logarithm - logOnePlus(number)) <= 2 * logarithm.ulp, "\(number)")
    }
    var missing = [Double.nan]
    unsafe winnow_logarithms(missing, 1, &missing)
    #expect(missing[0].isNaN)
  }

  @Test("numbers are standardised in place as one by one", arguments: [false, true])
  func standardized(isLogged: Bool) {
    let encoding = NumericEncoding(
      transform: isLogged ? .log1p : .identity, mean: 1.5, standardDeviation: 0.7, lowest: 0,
      highest: 1e308, presentLeads: 9, missingLeads: 1)
    let numbers = [-4, 0, 1, 2.25, 4095, 5000, 1e9, .nan, 1.7e308]
    var found = numbers
    encoding.standardize(&found)
    expectAgreement(found, numbers.map { encoding.standardized($0) }, relativeTolerance: 1e-14)
  }

  @Test("rows are summed by bins of their logarithms, in two tables in turn")
  func bins() {
    let values = [0, 5, .nan, 100, 5, 1e9, 0]
    let logarithms = values.map { logOnePlus($0) }
    let (outcomes, weights) = ([1.0, 0, 1, 1, 1, 0, 0], [1.0, 2, 9, 3, 0.5, 1, 4])
    // The bin behind the last is that of missing values.
    var sums = [Double](repeating: 0, count: 8 * 5)
    // A scale by which 100 is in the last bin but one, and 1e9 far beyond the last.
    unsafe winnow_bin_sums(values, logarithms, outcomes, weights, values.count, 0.5, 3, &sums)
    var expected = [Double](repeating: 0, count: 8 * 4)
    for row in values.indices where !values[row].isNaN {
      let bin = min(3, Int(logarithms[row] * 0.5))
      let place = 8 * bin + 4 * (row % 2)
      expected[place] += weights[row]
      expected[place + 1] += weights[row] * outcomes[row]
      expected[place + 2] += weights[row] * values[row]
      expected[place + 3] += weights[row] * logarithms[row]
    }
    #expect(Array(sums.prefix(8 * 4)) == expected)
  }

  @Test(
    "groups of numbers are the cuts below them, as one by one",
    arguments: [1, 2, 12, 127, 128, 250])
  func groups(cutCount: Int) {
    let cuts = (0..<cutCount).map { Double($0 * $0) / 4 }
    let encoding = CoarseEncoding(groups: .cuts(cuts))
    let numbers =
      (0..<300).map { Double($0) * Double(cutCount) / 20 - 3 } + cuts + [
        .nan, .infinity, -.infinity,
      ]
    var found = [UInt8](repeating: 0, count: numbers.count)
    unsafe winnow_groups(numbers, numbers.count, cuts, cuts.count, &found)
    #expect(found.map { Int($0) } == numbers.map { encoding.group(of: $0) })
  }
}
