import Foundation
import Tables
import Testing

@testable import LeadScoring

@Suite("Identifier check")
struct IdentifierCheckTests {
  /// What a set of all numbers says.
  private func areNumberingBySet(_ cells: [Double]) -> Bool {
    let numbers = cells.filter { !$0.isNaN }
    guard numbers.count >= IdentifierCheck.fewestRows,
      numbers.allSatisfy({ $0 == $0.rounded() }), let lowest = numbers.min(),
      let highest = numbers.max(), highest - lowest < 2 * Double(numbers.count)
    else { return false }
    return Set(numbers).count == cells.count
  }

  @Test("numbers that count rows are told as by a set of them")
  func numbering() {
    let counted = (0..<50).map(Double.init)
    let columns: [[Double]] = [
      [], [1], counted, counted.reversed(), counted.map { $0 + 1e15 }, counted.map { $0 - 25 },
      counted.map { $0 * 2 }, counted.map { $0 * 3 }, counted.map { $0 / 2 },
      counted.map { $0 == 7 ? 8 : $0 }, counted.map { $0 == 7 ? .nan : $0 },
      counted.map { $0 == 0 ? -0.0 : $0 }, Array(counted.prefix(19)), Array(counted.prefix(20)),
      counted.map { $0 * 1e300 }, [Double](repeating: .nan, count: 50),
      [Double](repeating: 3, count: 50),
    ]
    for column in columns {
      #expect(
        IdentifierCheck.areNumbering(Numbers(column), of: column.count) == areNumberingBySet(column)
      )
    }
    #expect(IdentifierCheck.areNumbering(Numbers(counted), of: counted.count))
  }

  @Test("of a sample the gaps may be those of all rows, but no number may come twice")
  func sampleOfNumbering() {
    let some = (0..<500).map { Double(($0 * 7919) % 100_000) }
    #expect(Set(some).count == 500)
    #expect(IdentifierCheck.areNumbering(Numbers(some), of: 100_000))
    #expect(!IdentifierCheck.areNumbering(Numbers(some), of: 500))
    #expect(!IdentifierCheck.areNumbering(Numbers(some + [some[3]]), of: 100_000))
    #expect(!IdentifierCheck.areNumbering(Numbers(some + [300_000]), of: 100_000))
  }
}
