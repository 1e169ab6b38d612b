/// ` (did you mean "x"?)` where a name is written nearly as another: it differs only in case, blanks or
/// marks, begins as the other, or has a letter or two wrong.
func suggestion(for name: String, among found: [String]) -> String {
  let wanted = foldedName(name)
  guard !wanted.isEmpty else { return "" }
  // Of a name of a letter or two every other is a slip of the pen.
  let most = wanted.count < 3 ? 0 : max(1, wanted.count / 4)
  let near = found.map { (name: $0, distance: distance(from: wanted, to: foldedName($0))) }
    .filter { $0.distance <= most }
    .enumerated().sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
    .prefix(3).map { "\"\($0.element.name)\"" }
  return near.isEmpty ? "" : " (did you mean \(near.joined(separator: " or "))?)"
}

/// A column's name as it is compared loosely: letters and digits in lower case.
func foldedName(_ name: String) -> String {
  name.lowercased().filter { $0.isLetter || $0.isNumber }
}

/// How far two folded names are apart: 0 to 1 where one begins as the other, else the letters to add,
/// take away, change or swap with their neighbour (the optimal string alignment distance).
private func distance(from first: String, to second: String) -> Int {
  guard !second.isEmpty else { return .max }
  if first == second { return 0 }
  if first.hasPrefix(second) || second.hasPrefix(first) { return 1 }
  let (a, b) = (Array(first), Array(second))
  // Longer names are no slips of the pen, and the table would be large.
  guard a.count <= 100, b.count <= 100 else { return .max }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
