/// The few points of a curve that draw it best.
///
/// From its ends on, the point that is farthest from the straight line between those chosen beside it is taken next
/// (the rule of Ramer 1972, and of Douglas and Peucker 1973, by number in place of distance).
enum CurveOutline {
  /// The indices of so many points, ascending; of all where there are no more.
  ///
  /// - Parameters:
  ///   - places: Where the points are, not falling.
  ///   - values: How high they are.
  static func indices(places: [Double], values: [Double], most: Int) -> [Int] {
    guard places.count > max(2, most) else { return Array(places.indices) }
    var chosen = [0, places.count - 1]
    while chosen.count < most {
      var (farthest, distance) = (-1, 0.0)
      for (left, right) in zip(chosen, chosen.dropFirst()) {
        for index in left + 1..<max(left + 1, right) {
          let width = places[right] - places[left]
          let share = width > 0 ? (places[index] - places[left]) / width : 0
          let line = values[left] + share * (values[right] - values[left])
          if abs(values[index] - line) > distance {
            (farthest, distance) = (index, abs(values[index] - line))
          }
        }
      }
      guard farthest >= 0 else { break }
      chosen.append(farthest)
      chosen.sort()
    }
    return chosen
  }
}
