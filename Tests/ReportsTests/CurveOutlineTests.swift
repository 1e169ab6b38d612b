import Testing

@testable import Reports

@Suite("Outline of a curve")
struct CurveOutlineTests {
  @Test("is the ends and the bends, the sharpest first")
  func bends() {
    // A rise to 3 at 3, level to 7, a fall to 0 at 9.
    let places = (0..<10).map { Double($0) }
    let values: [Double] = [0, 1, 2, 3, 3, 3, 3, 3, 1.5, 0]
    #expect(CurveOutline.indices(places: places, values: values, most: 4) == [0, 3, 7, 9])
    #expect(CurveOutline.indices(places: places, values: values, most: 3) == [0, 3, 9])
    // Nothing more is to be seen.
    #expect(CurveOutline.indices(places: places, values: values, most: 8) == [0, 3, 7, 9])
  }

  @Test("keeps both sides of a jump, and all points of a short curve")
  func jumps() {
    let places: [Double] = [0, 1, 2, 2, 3, 4]
    let values: [Double] = [0, 0, 0, 1, 1, 1]
    #expect(CurveOutline.indices(places: places, values: values, most: 4) == [0, 2, 3, 5])
    #expect(CurveOutline.indices(places: places, values: values, most: 12) == Array(0..<6))
    #expect(CurveOutline.indices(places: [1], values: [2], most: 1) == [0])
  }
}
