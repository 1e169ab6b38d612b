/// Finds a model's columns in a file whose header may spell them otherwise.
struct ColumnMatch: Sendable {
  /// The name in the file of each column that the model reads.
  let fileNames: [String: String]

  /// The columns that were found only by a looser comparison, as `model's name, file's name`.
  let loose: [(wanted: String, found: String)]

  /// Matches names: as the user maps them, else exactly, else by letters and digits alone.
  ///
  /// - Throws: `ScoringError` where a column is not there, or could be several, or would be read for two.
  init(
    wanted: [String], found: [String], map: [String: String], file: String
  ) throws(ScoringError) {
    var fileNames: [String: String] = [:]
    var loose: [(wanted: String, found: String)] = []
    var missing: [String] = []
    for name in wanted {
      if let mapped = map[name] {
        guard found.contains(mapped) else {
          throw .unknownColumn(mapped, option: "--map", found: found)
        }
        fileNames[name] = mapped
      } else if found.contains(name) {
        fileNames[name] = name
      } else {
        let near = found.filter { foldedName($0) == foldedName(name) && !wanted.contains($0) }
        guard near.count <= 1 else { throw .ambiguousColumn(name, candidates: near) }
        if let match = near.first, !foldedName(name).isEmpty {
          fileNames[name] = match
          loose.append((name, match))
        } else {
          missing.append(name)
        }
      }
    }
    for name in map.keys.sorted() where !wanted.contains(name) {
      throw .unknownColumn(
        name, option: "--map, which names the model's column first", found: wanted)
    }
    guard missing.isEmpty else { throw .missingColumns(missing, file: file, found: found) }
    for (name, match) in loose {
      if let other = fileNames.first(where: { $0.value == match && $0.key != name })?.key {
        throw .sharedColumn(match, wanted: [name, other].sorted())
      }
    }
    self.fileNames = fileNames
    self.loose = loose
  }
}
