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
    let cells = [3, .nan, -1, 8, 2.5, 7]
    let rows = [5, 0, 2, 4, 3]
    let table = try Table(columns: [Column(name: "created", values: .date([9, 8, 7, 6, 5, 4]))])
    let reference = try ReferenceDays(.column("created"), in: table)
    for numbers in [
      FieldNumbers(cells, rows: rows), FieldNumbers(cells, rows: rows, before: reference),
    ] {
      var part = [Double](repeating: 0, count: places.count)
      numbers.write(places, to: &part)
      #expect(part == Array(numbers.all[places]))
    }
    #expect(FieldNumbers(cells, rows: rows, before: reference).all == [-3, 6, 8, 2.5, -2])
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
}
