import FeatureEncoding

/// A pair's term as a model file shows it.
struct PairRecord: Codable {
  /// A field and its groups: the keys depend on what the groups are.
  struct AxisRecord: Codable {
    var field: String
    /// Where numbers, or days, are cut: each group reaches up to a cut and includes it.
    var cuts: [Double]?
    var levels: [String]?
    /// Whether missing is a group of its own among levels, the last but one.
    var missingIsLevel: Bool?
    var falseWord: String?
    var trueWord: String?
    /// For the reader of the file; the program does not read it.
    var groups: [String]?
  }

  var rows: AxisRecord
  var columns: AxisRecord
  /// Row after row of the table, with a group of `columns` each.
  var coefficients: [[Double]]
  var standardErrors: [[Double]]
  /// 0 where fewer than ten leads had the cell.
  var leads: [[Double]]
  var spread: Double

  /// The most groups of a field.
  private static let mostGroups = CoarseEncoding.mostGroups

  init(_ pair: PairTerm) {
    rows = AxisRecord(pair.first)
    columns = AxisRecord(pair.second)
    let width = pair.second.groups.groupCount
    func table(_ values: [Double]) -> [[Double]] {
      stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
    }
    coefficients = table(pair.coefficients.map(\.value))
    standardErrors = table(pair.coefficients.map(\.standardError))
    leads = table(pair.leads)
    spread = pair.spread
  }

  /// The term; checked, as a file may hold anything.
  func term() throws(ModelError) -> PairTerm {
    let (first, second) = (try rows.axis(), try columns.axis())
    guard first.field != second.field else {
      throw .invalid("a pair is of the field \"\(first.field)\" twice")
    }
    let name = PairTerm.name(first.field, second.field)
    let (height, width) = (first.groups.groupCount, second.groups.groupCount)
    for table in [coefficients, standardErrors, leads] {
      guard table.count == height, table.allSatisfy({ $0.count == width }) else {
        throw .invalid(
          "the tables of pair \"\(name)\" must have \(height) rows of \(width) numbers")
      }
      guard table.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
        throw .invalid("a number of pair \"\(name)\" is not finite")
      }
    }
    guard (standardErrors + leads + [[spread]]).allSatisfy({ $0.allSatisfy { $0 >= 0 } }),
      spread.isFinite
    else {
      throw .invalid("a standard error, a spread or leads of pair \"\(name)\" are negative")
    }
    return PairTerm(
      first: first, second: second,
      coefficients: zip(coefficients.joined(), standardErrors.joined()).map {
        Coefficient(value: $0, standardError: $1)
      }, leads: Array(leads.joined()), spread: spread)
  }
}

extension PairRecord.AxisRecord {
  init(_ axis: PairTerm.Axis) {
    field = axis.field
    groups = axis.labels
    switch axis.groups.groups {
    case .cuts(let cuts): self.cuts = cuts
    case .levels(let names, let hasMissing):
      levels = names
      missingIsLevel = hasMissing
    case .flag(let falseWord, let trueWord):
      self.falseWord = falseWord
      self.trueWord = trueWord
    }
  }

  func axis() throws(ModelError) -> PairTerm.Axis {
    let groups: CoarseEncoding.Groups
    switch (cuts, levels, falseWord, trueWord) {
    case (let cuts?, nil, nil, nil):
      guard !cuts.isEmpty, cuts.allSatisfy(\.isFinite),
        zip(cuts, cuts.dropFirst()).allSatisfy({ $0 < $1 })
      else { throw .invalid("the cuts of field \"\(field)\" must be numbers, each above the last") }
      groups = .cuts(cuts)
    case (nil, let levels?, nil, nil):
      guard Set(levels).count == levels.count else {
        throw .invalid("the levels of field \"\(field)\" in a pair repeat")
      }
      groups = .levels(levels, hasMissing: missingIsLevel ?? false)
    case (nil, nil, let falseWord?, let trueWord?):
      groups = .flag(falseWord: falseWord, trueWord: trueWord)
    default:
      throw .invalid("field \"\(field)\" in a pair needs cuts, levels, or two words of a flag")
    }
    let coarse = CoarseEncoding(groups: groups)
    guard coarse.groupCount <= CoarseEncoding.mostGroups else {
      throw .invalid(
        "field \"\(field)\" in a pair has \(coarse.groupCount) groups; at most "
          + "\(CoarseEncoding.mostGroups) are possible")
    }
    return PairTerm.Axis(field: field, groups: coarse)
  }
}
