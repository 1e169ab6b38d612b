import CKernels
import Parallelism
import Tables

/// How the cells of a column fall into few groups, the rows or columns of a pair's table.
public struct CoarseEncoding: Equatable, Sendable {
  /// What the groups are.
  public enum Groups: Equatable, Sendable {
    /// Numbers, or days before the reference date: those up to the first cut, those up to the next ...
    /// those above the last, and missing ones. Cuts rise.
    case cuts([Double])
    /// The levels of these names, a group each, and all others; missing is a group of its own, last but
    /// for the others, where `hasMissing`, and belongs to the others elsewhere.
    case levels([String], hasMissing: Bool)
    /// False, true, missing.
    case flag(falseWord: String, trueWord: String)
  }

  /// What the groups are.
  public let groups: Groups

  /// How many groups a number of many values falls into, and at the most: in a pair's table, and where it is looked at
  /// alone.
  static let (bins, mostBins) = (12, 24)
  static let (fineBins, mostFineBins) = (192, 250)
  /// The share of leads, and the leads, above which a value of a number may swallow cuts.
  static let (atomShare, atomLeads) = (0.08, 20.0)
  /// The levels that are groups of their own, with missing.
  static let mostLevels = 14
  /// The groups that a column may have: a code is a byte.
  public static let mostGroups = 255

  /// Creates an encoding.
  public init(groups: Groups) { self.groups = groups }

  /// The number of groups.
  public var groupCount: Int {
    switch groups {
    case .cuts(let cuts): cuts.count + 2
    case .levels(let names, let hasMissing): names.count + (hasMissing ? 2 : 1)
    case .flag: 3
    }
  }

  /// Learns groups of numbers; none where they do not differ.
  ///
  /// - Parameter isFine: Whether groups are as fine as may be.
  init?(_ counts: ValueCounts, isFine: Bool = false) {
    guard counts.values.count >= 2 else { return nil }
    let (bins, mostBins) =
      isFine ? (Self.fineBins, Self.mostFineBins) : (Self.bins, Self.mostBins)
    var last: [Int] = []
    if counts.values.count <= bins {
      last = Array(0..<counts.values.count - 1)
    } else {
      last = Self.quantilePlaces(counts, steps: bins)
      if last.count < bins - 1 {
        // Frequent values swallow cuts: the others are cut finely too.
        let border = max(Self.atomShare * counts.total, Self.atomLeads)
        let rest = counts.filter { $1 <= border }
        let steps = max(2, bins - (counts.values.count - rest.values.count))
        let added = Self.quantilePlaces(rest, steps: steps).map {
          counts.place(of: rest.values[$0])
        }
        last = Array(Set(last + added).sorted().prefix(mostBins))
      }
    }
    let cuts = last.filter { $0 + 1 < counts.values.count }
      .map { Self.cut(from: counts.values[$0], to: counts.values[$0 + 1]) }
    guard !cuts.isEmpty, zip(cuts, cuts.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    groups = .cuts(cuts)
  }

  /// The places of the values at which so many equal shares of leads end.
  private static func quantilePlaces(_ counts: ValueCounts, steps: Int) -> [Int] {
    guard !counts.values.isEmpty else { return [] }
    var places: [Int] = []
    for step in 1..<steps {
      // A hair less, for rounding.
      let share = Double(step) / Double(steps) * (1 - 1e-12)
      let place = counts.place(reaching: share * counts.total)
      if places.last != place { places.append(place) }
    }
    return places
  }

  /// A number of few digits between two values: nobody's own.
  static func cut(from low: Double, to high: Double) -> Double {
    let middle = low + (high / 2 - low / 2)
    guard high - low > 0, (high - low).isFinite else { return middle }
    let exponent = max(-300, min(300, Int(logarithm10(high - low).rounded(.down)) + 1))
    for power in stride(from: exponent, through: exponent - 2, by: -1) {
      let unit = powerOfTen(abs(power))
      let found = power >= 0 ? (middle / unit).rounded() * unit : (middle * unit).rounded() / unit
      if found > low, found < high { return found }
    }
    return middle > low && middle < high ? middle : low
  }

  /// Learns groups of a category: its commonest levels, missing being one.
  init?(_ encoding: CategoryEncoding) {
    let missing = encoding.missingLeads
    let sorted = encoding.levels.sorted { ($0.leads, $1.name) > ($1.leads, $0.name) }
    let hasMissing = missing > 0 && sorted.count { $0.leads > missing } < Self.mostLevels
    let named = sorted.prefix(Self.mostLevels - (hasMissing ? 1 : 0)).map(\.name)
    guard named.count + (hasMissing ? 1 : 0) > 1 else { return nil }
    groups = .levels(named.sorted(by: precedes), hasMissing: hasMissing)
  }
}

extension CoarseEncoding {
  /// The groups that are neighbors: those of numbers that follow each other.
  public var neighbors: [(Int, Int)] {
    guard case .cuts(let cuts) = groups else { return [] }
    return (0..<cuts.count).map { ($0, $0 + 1) }
  }

  /// The group of a number; NaN is missing.
  ///
  /// - Precondition: the groups are of numbers.
  public func group(of number: Double) -> Int {
    guard case .cuts(let cuts) = groups else { preconditionFailure("no groups of numbers") }
    return Self.group(of: number, cuts)
  }

  /// The groups of numbers, as one by one.
  private static func groups(of numbers: [Double], _ cuts: [Double]) -> [UInt8] {
    precondition(cuts.count + 2 <= mostGroups, "a group is a byte")
    return unsafe [UInt8](unsafeUninitializedCapacity: numbers.count) { buffer, count in
      unsafe winnow_groups(numbers, numbers.count, cuts, cuts.count, buffer.baseAddress)
      count = numbers.count
    }
  }

  private static func group(of number: Double, _ cuts: [Double]) -> Int {
    guard !number.isNaN else { return cuts.count + 1 }
    var (low, high) = (0, cuts.count)
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The group of a level by its name.
  ///
  /// - Precondition: the groups are of levels.
  public func group(ofLevel name: String) -> Int {
    guard case .levels(let names, _) = groups else { preconditionFailure("no groups of levels") }
    return names.firstIndex(of: name) ?? groupCount - 1
  }

  /// The group of leads without a value.
  public var missingGroup: Int {
    switch groups {
    case .cuts(let cuts): cuts.count + 1
    case .levels(let names, let hasMissing): hasMissing ? names.count : groupCount - 1
    case .flag: 2
    }
  }

  /// The group of each code of a category: that of missing ones, of the levels, and of a code above them, which stands
  /// for a word that is not among them.
  ///
  /// - Precondition: the groups are of levels.
  func groupsOfCodes(levels: [String]) -> [UInt8] {
    guard case .levels(let names, _) = groups else { preconditionFailure("no groups of levels") }
    var place: [String: UInt8] = [:]
    for (index, name) in names.enumerated() { place[name] = UInt8(index) }
    let others = UInt8(groupCount - 1)
    return [UInt8(missingGroup)] + levels.map { place[$0] ?? others } + [others]
  }

  /// The group of each of some rows of a column.
  ///
  /// - Parameter referenceDay: The day from which a row's dates count.
  /// - Precondition: the column is of the kind that the groups are of.
  public func codes(
    of column: Column, rows: some Collection<Int>, referenceDay: (Int) -> Double
  ) -> [UInt8] {
    switch (groups, column.values) {
    case (.cuts(let cuts), .numeric(let numbers)):
      return Self.groups(of: numbers.rows(rows), cuts)
    case (.cuts(let cuts), .date(let days)):
      return Self.groups(of: zip(rows, days.rows(rows)).map { referenceDay($0) - $1 }, cuts)
    case (.levels, .category(let categories)):
      return categories.codes.entries(of: groupsOfCodes(levels: categories.levels), rows: rows)
    case (.flag, .flag(let flags)):
      let table: [UInt8] = [2, 0, 1]
      return rows.map { table[Int(flags.codes[$0])] }
    default: preconditionFailure("column \"\(column.name)\" is of another kind than its groups")
    }
  }
}

extension FeatureEncoder {
  /// The groups of each field; nil for one that has none.
  ///
  /// - Parameters:
  ///   - rows: Rows to learn the cuts of numbers from.
  ///   - weights: A weight for each of `rows`.
  public func coarse(
    _ table: Table, rows: [Int], weights: [Double]
  ) throws(EncodingError) -> [CoarseEncoding?] {
    try groups(table, rows: rows, weights: weights).map(\.coarse)
  }

  /// The groups of each field, and fine ones of numbers and dates; nil for one that has none.
  ///
  /// - Parameters: As for `coarse`.
  public func groups(
    _ table: Table, rows: [Int], weights: [Double]
  ) throws(EncodingError) -> [(coarse: CoarseEncoding?, fine: CoarseEncoding?)] {
    let reference = try ReferenceDays(dateReference, in: table)
    let picked = TableRows(rows, of: table)
    return Parallel.map(fields.count) { index in
      func counted(_ numbers: FieldNumbers) -> (coarse: CoarseEncoding?, fine: CoarseEncoding?) {
        let counts = ValueCounts(numbers.all, weights: weights)
        return (CoarseEncoding(counts), CoarseEncoding(counts, isFine: true))
      }
      let field = fields[index]
      switch (field.rule, table[field.name]?.values) {
      // A pair could turn a curve that has a direction.
      case (.curve(let encoding), _) where encoding.direction != nil: return (nil, nil)
      case (.dateCurve(let encoding), _) where encoding.direction != nil: return (nil, nil)
      case (.curve, .numeric(let numbers)?), (.numeric, .numeric(let numbers)?):
        return counted(FieldNumbers(numbers, rows: picked))
      case (.dateCurve, .date(let days)?), (.date, .date(let days)?):
        return counted(FieldNumbers(days, rows: picked, before: reference))
      case (.category(let encoding), _): return (CoarseEncoding(encoding), nil)
      case (.words(let encoding), _): return (CoarseEncoding(encoding.category), nil)
      case (.flag(let encoding), _):
        guard encoding.varies else { return (nil, nil) }
        let groups = CoarseEncoding(
          groups: .flag(falseWord: encoding.falseWord, trueWord: encoding.trueWord))
        return (groups, nil)
      default: return (nil, nil)
      }
    }
  }

  /// The group of each of some rows in each field that has groups; empty for others.
  public func coarseCodes(
    _ coarse: [CoarseEncoding?], _ table: Table, rows: [Int]
  ) throws(EncodingError) -> [[UInt8]] {
    let reference = try ReferenceDays(dateReference, in: table)
    return Parallel.map(fields.count) { index in
      guard let groups = coarse[index], let column = table[fields[index].name] else { return [] }
      return groups.codes(of: column, rows: rows) { reference.daysBefore(0, row: $0) }
    }
  }
}
