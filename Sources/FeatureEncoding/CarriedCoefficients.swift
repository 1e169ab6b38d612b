extension FeatureEncoder {
  /// Coefficients (p) for this encoder's columns that say of a lead what those for another encoder's say, as far as both
  /// have lines and levels of the same columns: a start for a fit of more leads of the same kind.
  ///
  /// What only this encoder has, such as a level that the other's leads were too few for, gets 0.
  ///
  /// - Parameter coefficients: Those of the other encoder's columns, the intercept first.
  public func carrying(_ coefficients: [Double], of other: FeatureEncoder) -> [Double] {
    precondition(coefficients.count == other.layout.count, "a coefficient for each column")
    var carried = [Double](repeating: 0, count: layout.count)
    carried[0] = coefficients[0]
    var places: [String: Int] = [:]
    for (index, field) in other.fields.enumerated() { places[field.name] = index }
    for (index, field) in fields.enumerated() {
      guard let place = places[field.name] else { continue }
      let old = other.layout.values(of: place, in: coefficients)
      let values: [Double]
      switch (field.rule, other.fields[place].rule) {
      case (.numeric(let new), .numeric(let line)), (.date(let new), .date(let line)):
        let (found, shift) = new.carrying(old, of: line)
        values = found
        carried[0] += shift
      case (.flag(let new), .flag(let flag)):
        values =
          (new.varies ? [flag.varies ? old[0] : 0] : [])
          + (new.hasMissing ? [flag.hasMissing ? old[old.count - 1] : 0] : [])
      case (.category(let new), .category(let category)):
        values = new.carrying(old, of: category)
      default: continue
      }
      for (column, value) in zip(layout.columns(of: index), values) { carried[column] = value }
    }
    return carried
  }
}

extension NumericEncoding {
  /// The coefficients of the value and of a missing one, and what the intercept takes up, from those of another line through
  /// the same numbers.
  fileprivate func carrying(
    _ coefficients: [Double], of other: NumericEncoding
  ) -> (values: [Double], shift: Double) {
    let isSame = varies && other.varies && transform == other.transform
    // c (x - m) / s is c (s' / s) (x - m') / s' and c (m' - m) / s.
    let slope = isSame ? coefficients[0] / other.standardDeviation : 0
    let shift = slope * (mean - other.mean)
    let missing = other.hasMissing ? coefficients[coefficients.count - 1] : 0
    return (
      (varies ? [slope * standardDeviation] : []) + (hasMissing ? [missing - shift] : []), shift
    )
  }
}

extension CategoryEncoding {
  /// The coefficients of the levels, of the others and of missing ones, from those of another encoding of the same column.
  ///
  /// A level that the other one did not name has the effect that all of those had there.
  public func carrying(_ coefficients: [Double], of other: CategoryEncoding) -> [Double] {
    let table = [0] + coefficients
    let codes = other.recoding(levels.map(\.name))
    return codes.dropFirst().map { table[Int($0)] }
      + (otherLeads > 0 ? [table[Int(other.otherCode)]] : [])
      + (missingLeads > 0 ? [table[Int(other.missingCode)]] : [])
  }
}
