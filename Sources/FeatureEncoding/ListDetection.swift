/// Which columns are lists: those that a user names, and those that look like one.
public struct ListColumns: Equatable, Sendable {
  /// The columns that are to be read as lists.
  public let asked: Set<String>

  /// The columns that are not, each cell of which is one value: their levels have no words either.
  public let refused: Set<String>

  /// Creates a choice; a column that is in neither set is a list if it looks like one.
  public init(asked: Set<String> = [], refused: Set<String> = []) {
    self.asked = asked
    self.refused = refused
  }
}

/// Tells whether a category's cells are lists of values that recur, such as `webinar; e-book`.
///
/// It would rather miss a list than take a sentence for one: what is missed still has its words.
struct ListDetection {
  /// What stands between entries; nil where the column is no list.
  let separator: Character?

  /// The fewest different cells of a list, and the share of them that must hold two entries or more.
  static let (fewestCells, severalShare) = (8, 0.5)
  /// The share of leads that must have two entries or more.
  static let severalLeads = 0.1
  /// The different cells in which an entry must be to recur, and the share of all leads' entries that must.
  static let (recurringCells, recurringShare) = (3, 0.9)
  /// The fewest entries that recur, and the most as a share of the different cells.
  static let (fewestEntries, entryShare) = (3, 0.5)

  /// Looks at a table's levels, of which each has so many leads (sum of weights).
  ///
  /// - Parameter isAsked: Whether the user says that it is a list, so that only the separator is sought.
  init(_ tableLevels: [String], leads: [Double], isAsked: Bool) {
    let present = tableLevels.indices.filter { leads[$0] > 0 }
    let cells = present.map { tableLevels[$0] }
    let shares = present.map { leads[$0] }
    if isAsked {
      var most = 0
      var found: Character?
      for separator in ListEncoding.separators {
        let count = cells.count { $0.contains(separator) }
        if count > most { (most, found) = (count, separator) }
      }
      separator = found
    } else {
      separator = ListEncoding.separators.first { Self.isList(cells, shares, separator: $0) }
    }
  }

  private static func isList(_ cells: [String], _ leads: [Double], separator: Character) -> Bool {
    guard cells.count >= fewestCells,
      Double(cells.count { $0.contains(separator) }) >= severalShare * Double(cells.count)
    else { return false }
    let lists = cells.map { ListEncoding.entries(of: $0, separator) }
    let several = lists.indices.filter { lists[$0].count > 1 }
    guard Double(several.count) >= severalShare * Double(cells.count),
      several.reduce(0, { $0 + leads[$1] }) >= severalLeads * leads.reduce(0, +)
    else { return false }
    var counts: [String: (cells: Int, leads: Double)] = [:]
    for (list, share) in zip(lists, leads) {
      for entry in list {
        let count = counts[entry] ?? (0, 0)
        counts[entry] = (count.cells + 1, count.leads + share)
      }
    }
    let all = counts.values.reduce(0) { $0 + $1.leads }
    let recurring = counts.values.filter { $0.cells >= recurringCells }
    return recurring.reduce(0, { $0 + $1.leads }) >= recurringShare * all
      && recurring.count >= fewestEntries
      && Double(recurring.count) <= entryShare * Double(cells.count)
  }
}
