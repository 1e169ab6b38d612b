import Parallelism
import Testing

@Suite("Picked elements")
struct GatheredTests {
  @Test("are those of the places, in their order", arguments: [0, 1, 65_535, 65_537, 300_000])
  func gathering(count: Int) {
    let elements = (0..<1000).map { 3 * $0 }
    let places = (0..<count).map { ($0 * 7919) % 1000 }
    #expect(gathered(elements, places) == places.map { elements[$0] })
    let words = ["a", "b", "c"]
    #expect(gathered(words, [2, 0, 2]) == ["c", "a", "c"])
  }

  @Test(
    "numbers for which a condition holds are all of them, ascending",
    arguments: [0, 1, 65_536, 200_001])
  func indicesWhere(count: Int) {
    for step in [1, 3, 100_000] {
      #expect(
        indices(below: count) { $0 % step == step - 1 }
          == (0..<count).filter { $0 % step == step - 1 })
    }
    #expect(indices(below: count) { _ in false } == [])
  }
}
