import Foundation
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

  @Test("the logarithms of a column are those of its numbers, bit for bit")
  func logarithms() {
    let logarithm = ColumnLogarithm()
    var numbers: [Double] = [-0.0, 4095, 4096, 1e300, .nan, .infinity, -1]
    for whole in 0..<5000 {
      let number = Double(whole)
      numbers += [number, number + 0.25, -number / 5000]
    }
    for number in numbers {
      #expect(logarithm(number).bitPattern == logOnePlus(number).bitPattern)
    }
  }

  @Test("numbers are standardised in place as one by one", arguments: [false, true])
  func standardized(isLogged: Bool) {
    let encoding = NumericEncoding(
      transform: isLogged ? .log1p : .identity, mean: 1.5, standardDeviation: 0.7, lowest: 0,
      highest: 1e308, presentLeads: 9, missingLeads: 1)
    let numbers = [-4, 0, 1, 2.25, 4095, 5000, 1e9, .nan, 1.7e308]
    var found = numbers
    encoding.standardize(&found)
    #expect(found == numbers.map { encoding.standardized($0) })
  }
}
