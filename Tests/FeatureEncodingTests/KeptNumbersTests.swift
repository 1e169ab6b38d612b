import CKernels
import Tables
import Testing

@testable import FeatureEncoding

@Suite("Kept numbers")
struct KeptNumbersTests {
  private static let count = 1000

  /// Numbers of every width and unit, some missing, with the same ones in 64 bits.
  private static let kept: [Numbers] = {
    let shorts = (0..<count).map { row in
      row % 9 == 4 ? Int16.min : Int16(truncatingIfNeeded: row * 2731)
    }
    let words = shorts.map { $0 == .min ? Int32.min : Int32($0) * 65_521 }
    return Numbers.Unit.allCases.flatMap { unit in
      [Numbers(.shorts(shorts, unit)), Numbers(.words(words, unit))]
    }
  }()

  private let rows = (0..<700).map { Int64(($0 * 611) % count) }

  private func bits(_ numbers: [Double]) -> [UInt64] {
    numbers.map { $0.isNaN ? 1 : $0.bitPattern }
  }

  @Test("kernels pick what each row holds, and the days before a row's own day or one of all")
  func picking() {
    for kept in Self.kept {
      let cells = rows.map { kept[Int($0)] }
      for some in [0, 1, 255, 256, 257, 700] {
        var found = [Double](repeating: 0, count: 700)
        unsafe kept.withCells { unsafe winnow_pick($0, rows, some, &found) }
        #expect(bits(found) == bits(cells[..<some] + [Double](repeating: 0, count: 700 - some)))
      }
      for references in Self.kept + [Numbers(kept.doubles)] {
        var found = [Double](repeating: 0, count: 700)
        unsafe kept.withCells { cells in
          unsafe references.withCells { references in
            unsafe withUnsafePointer(to: references) {
              unsafe winnow_pick_before(cells, $0, 0, rows, 700, &found)
            }
          }
        }
        #expect(bits(found) == bits(zip(rows, cells).map { references[Int($0)] - $1 }))
      }
      var found = [Double](repeating: 0, count: 700)
      unsafe kept.withCells { unsafe winnow_pick_before($0, nil, 20_000.5, rows, 700, &found) }
      #expect(bits(found) == bits(cells.map { 20_000.5 - $0 }))
    }
  }

  @Test("kernels mark rows where a number or its reference is missing")
  func marking() {
    let references = Numbers((0..<Self.count).map { $0 % 7 == 1 ? .nan : 1 })
    for kept in Self.kept + [Numbers(Self.kept[0].doubles)] {
      var (alone, both) = ([UInt8](repeating: 1, count: 700), [UInt8](repeating: 1, count: 700))
      unsafe kept.withCells { cells in
        unsafe winnow_mark_missing(cells, nil, rows, 700, 3, &alone)
        unsafe references.withCells { references in
          unsafe withUnsafePointer(to: references) {
            unsafe winnow_mark_missing(cells, $0, rows, 700, 3, &both)
          }
        }
      }
      #expect(alone == rows.map { kept[Int($0)].isNaN ? 9 : 1 })
      #expect(
        both == rows.map { kept[Int($0)].isNaN || references[Int($0)].isNaN ? 9 : 1 })
    }
  }

  @Test("kernels count whole numbers of any width as those of 64 bits, and stop at others")
  func counting() {
    let whole = (0..<Self.count).map { row in row % 9 == 4 ? .nan : Double(row % 50) }
    let outcomes = (0..<700).map { Double($0 % 3 / 2) }
    func counts(_ numbers: Numbers, last: UInt32) -> [UInt32]? {
      var counts = [UInt32](repeating: 0, count: 8 * (Int(last) + 2))
      let areWhole = unsafe numbers.withCells {
        unsafe winnow_count_whole($0, rows, outcomes, 700, last, &counts)
      }
      return areWhole != 0 ? counts : nil
    }
    func kept(_ change: (inout [Double]) -> Void = { _ in }) -> [Numbers] {
      var numbers = whole
      change(&numbers)
      return [1, 100].flatMap { factor -> [Numbers] in
        let unit: Numbers.Unit = factor == 1 ? .ones : .hundredths
        return [
          Numbers(
            .shorts(numbers.map { $0.isNaN ? .min : Int16($0 * Double(factor)) }, unit)),
          Numbers(.words(numbers.map { $0.isNaN ? .min : Int32($0 * Double(factor)) }, unit)),
        ]
      }
    }
    let expected = counts(Numbers(whole), last: 49)
    #expect(expected?.reduce(0, +) == 700)
    for numbers in kept() { #expect(counts(numbers, last: 49) == expected) }
    for numbers in kept() { #expect(counts(numbers, last: 48) == nil) }
    let place = Int(rows[699])
    for numbers in kept({ $0[place] = -1 }) { #expect(counts(numbers, last: 49) == nil) }
    for numbers in kept({ $0[place] = 2.5 }).suffix(2) {
      #expect(counts(numbers, last: 49) == nil)
    }
  }
}
