import Tables

/// How a field that holds several values, such as `webinar; e-book`, becomes codes: one an entry.
public struct ListEncoding: Equatable, Sendable {
  /// What stands between two entries: one of `separators`.
  public let separator: Character

  /// The entries that enough leads share to be named, sorted.
  public let entries: [CategoryEncoding.Level]

  /// The leads with any entry.
  public let presentLeads: Double

  /// The leads with an entry too rare to be named.
  public let otherLeads: Double

  /// The leads without any entry.
  public let missingLeads: Double

  /// What may stand between entries.
  public static let separators: [Character] = [";", "|", ","]

  /// Creates an encoding; entries are in the order given.
  public init(
    separator: Character, entries: [CategoryEncoding.Level], presentLeads: Double,
    otherLeads: Double, missingLeads: Double
  ) {
    self.separator = separator
    self.presentLeads = presentLeads
    self.entries = entries
    self.otherLeads = otherLeads
    self.missingLeads = missingLeads
  }

  /// Learns from the leads (sum of weights) of each of a table's levels.
  init(
    separator: Character, tableLevels: [String], leads: [Double], missingLeads: Double
  ) {
    var place: [String: Int] = [:]
    var names: [String] = []
    var sums: [Double] = []
    // In an order that the table's has no part in, as sums of weights depend on it.
    let order = tableLevels.indices.filter { leads[$0] > 0 }
      .sorted { precedes(tableLevels[$0], tableLevels[$1]) }
    let lists = order.map { Self.entries(of: tableLevels[$0], separator) }
    for (level, list) in zip(order, lists) {
      for entry in list {
        if let known = place[entry] {
          if precedes(entry, names[known]) { names[known] = entry }
          sums[known] += leads[level]
        } else {
          place[entry] = names.count
          names.append(entry)
          sums.append(leads[level])
        }
      }
    }
    let isNamed = sums.map { $0 >= CategoryEncoding.fewestLeads }
    var (present, other, missing) = (0.0, 0.0, missingLeads)
    for (level, list) in zip(order, lists) {
      if list.isEmpty { missing += leads[level] } else { present += leads[level] }
      if list.contains(where: { place[$0].map { !isNamed[$0] } ?? false }) {
        other += leads[level]
      }
    }
    self.separator = separator
    entries = names.indices.filter { isNamed[$0] }
      .map { CategoryEncoding.Level(name: names[$0], leads: sums[$0]) }
      .sorted { precedes($0.name, $1.name) }
    presentLeads = present
    otherLeads = other
    self.missingLeads = missing
  }

  /// The different entries of a cell, without blanks around them.
  public static func entries(of cell: String, _ separator: Character) -> [String] {
    var entries: [String] = []
    var known = Set<String>()
    for part in cell.split(separator: separator) {
      let entry = trimmed(part)
      if !entry.isEmpty, known.insert(entry).inserted { entries.append(entry) }
    }
    return entries
  }

  /// The number of coefficients: one an entry, one for the others, one for missing.
  public var coefficientCount: Int {
    entries.count + (otherLeads > 0 ? 1 : 0) + (missingLeads > 0 ? 1 : 0)
  }

  /// The leads of each coefficient.
  public var leadsByCode: [Double] {
    entries.map(\.leads) + (otherLeads > 0 ? [otherLeads] : [])
      + (missingLeads > 0 ? [missingLeads] : [])
  }

  /// The place of the coefficient of rare entries; nil if training had none.
  public var otherCode: UInt32? { otherLeads > 0 ? UInt32(entries.count) : nil }

  /// The place of the coefficient of leads without entries; nil if training had none.
  public var missingCode: UInt32? { missingLeads > 0 ? UInt32(coefficientCount - 1) : nil }

  /// Finds the codes of cells.
  public var reader: Reader { Reader(self) }

  /// Finds the codes of cells; made once for many.
  public struct Reader: Sendable {
    private let finder: CodeFinder
    private let encoding: ListEncoding

    init(_ encoding: ListEncoding) {
      self.encoding = encoding
      let separator = encoding.separator
      finder = CodeFinder(encoding.entries.map(\.name)) {
        ListEncoding.entries(of: $0, separator)
      }
    }

    /// The codes of a cell, ascending; `isMissing` where it has no entry, `isKnown` where some entry is named.
    public func codes(of cell: String) -> (codes: [UInt32], isMissing: Bool, isKnown: Bool) {
      let (codes, count) = finder.codesAndCount(of: cell)
      if count == 0 { return (encoding.missingCode.map { [$0] } ?? [], true, false) }
      let other = codes.count < count ? encoding.otherCode : nil
      return (codes + [other].compactMap { $0 }, false, !codes.isEmpty)
    }
  }
}
