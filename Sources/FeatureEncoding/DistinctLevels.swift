/// Levels without those that are the same characters in other bytes.
///
/// "é" can be one code point or two; a person sees one level, and `String` finds them equal.
struct DistinctLevels {
  /// The levels, in the order of their first; of several spellings, the one that sorts first.
  private(set) var names: [String] = []

  /// Where each of the levels given is among `names`.
  private(set) var places: [Int] = []

  init(_ levels: [String]) {
    var known: [String: Int] = [:]
    known.reserveCapacity(levels.count)
    for level in levels {
      if let place = known[level] {
        if precedes(level, names[place]) { names[place] = level }
        places.append(place)
      } else {
        known[level] = names.count
        places.append(names.count)
        names.append(level)
      }
    }
  }
}
