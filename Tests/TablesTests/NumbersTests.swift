import Tables
import Testing

@Suite("Numbers")
struct NumbersTests {
  @Test("whole numbers of a unit are what their decimals say, to the last bit")
  func units() {
    let wholes: [Int32] = [0, 1, -1, 7, 99, 100, 1624, -1624, 32_767, -32_767]
    let texts: [(Numbers.Unit, Double)] = [
      (.ones, 1), (.tenths, 10), (.hundredths, 100), (.thousandths, 1000),
    ]
    for (unit, divisor) in texts {
      let shorts = Numbers(.shorts(wholes.map { Int16($0) } + [.min], unit))
      let words = Numbers(.words(wholes + [.min, .max, .min + 1], unit))
      #expect(shorts.count == 11 && words.count == 13)
      #expect(shorts[10].isNaN && words[10].isNaN)
      #expect(words[11] == 2_147_483_647 / divisor && words[12] == -2_147_483_647 / divisor)
      for (row, whole) in wholes.enumerated() {
        let expected = (Double(whole) / divisor).bitPattern
        #expect(shorts[row].bitPattern == expected && words[row].bitPattern == expected)
      }
    }
    #expect(Numbers(.shorts([1624], .hundredths))[0] == 16.24)
    #expect(Numbers(.words([-1], .tenths))[0] == -0.1)
  }

  @Test("seconds are days and a part of a day, each rounded by itself, before 1970 too")
  func seconds() {
    for day in [0, 1, 19_840, 24_854, -1, -24_854] {
      for second in [0, 1, 26_700, 43_200, 86_399] {
        let kept = Numbers(.words([Int32(day * 86_400 + second), .min], .seconds))
        #expect(kept[0].bitPattern == (Double(day) + Double(second) / 86_400).bitPattern)
        #expect(kept[1].isNaN)
      }
    }
  }

  @Test(
    "are the same row by row, picked, in parts and all at once",
    arguments: [0, 1, 2047, 2049, 7000]
  )
  func access(count: Int) {
    let shorts = (0..<count).map { $0 % 7 == 3 ? Int16.min : Int16($0 - 900) }
    let words = shorts.map { $0 == .min ? Int32.min : Int32($0) * 70_000 }
    let all: [Numbers] =
      Numbers.Unit.allCases.flatMap {
        [Numbers(.shorts(shorts, $0)), Numbers(.words(words, $0))]
      } + [Numbers(shorts.map { $0 == .min ? .nan : Double($0) / 3 })]
    for numbers in all {
      let expected = numbers.indices.map { numbers[$0].bitPattern }
      #expect(numbers.count == count && Array(numbers).map(\.bitPattern) == expected)
      #expect(numbers.doubles.map(\.bitPattern) == expected)
      let some = stride(from: count - 1, through: 0, by: -3)
      #expect(numbers.rows(Array(some)).map(\.bitPattern) == some.map { expected[$0] })
      var found: [UInt64] = []
      let range = count / 5..<count
      numbers.forEachPart(of: range) { part in
        for place in part.indices { found.append(part[place].bitPattern) }
      }
      #expect(found == Array(expected[range]))
      let known = numbers[range].filter { !$0.isNaN }
      let bounds = numbers.bounds(of: range)
      #expect(bounds?.lowerBound == known.min() && bounds?.upperBound == known.max())
      if count > 3 { #expect(numbers.bounds(of: 3..<4) == nil) }
    }
  }
}
