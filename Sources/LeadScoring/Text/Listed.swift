/// The first names of a list, as a message has room for.
func listed(_ names: [String]) -> String {
  let most = 30
  let shown = names.prefix(most).map { $0.count > 120 ? $0.prefix(117) + "..." : $0 }
    .joined(separator: ", ")
  return names.count > most ? shown + " and \(names.count - most) more" : shown
}
