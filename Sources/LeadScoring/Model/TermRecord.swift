import FeatureEncoding

/// A term as a model file shows it: one flat object, whose keys depend on the kind.
struct TermRecord: Codable {
  var field: String
  var kind: String
  var average: Double
  var transform: NumericEncoding.Transform?
  var mean: Double?
  var standardDeviation: Double?
  var lowest: Double?
  var highest: Double?
  var leads: Double?
  var falseWord: String?
  var trueWord: String?
  var trueLeads: Double?
  var falseLeads: Double?
  var coefficient: Double?
  var standardError: Double?
  var levels: [LevelRecord]?
  var other: ShareRecord?
  var missing: ShareRecord?
  /// The spread of a curve's shares over leads, in logits.
  var spread: Double?
  var points: [PointRecord]?
  var values: [ValueRecord]?
  /// Which way the points were held to go; nil for any.
  var monotone: CurveEncoding.Direction?
  /// For the reader of the file; the program does not read it.
  var missingRule: String?
  /// For the reader of the file; the program does not read it.
  var unseenRule: String?

  /// A level of a category.
  struct LevelRecord: Codable {
    var level: String
    var leads: Double
    var coefficient: Double
    var standardError: Double
  }

  /// A point of a curve: what a number there adds to the logit, against the average lead.
  struct PointRecord: Codable {
    var at: Double
    var coefficient: Double
    var standardError: Double
  }

  /// A number that many leads have, and what it adds to its place on the curve.
  struct ValueRecord: Codable {
    var value: Double
    var leads: Double
    var coefficient: Double
    var standardError: Double
  }

  /// What leads without a value, or with a rare level, add to the logit.
  struct ShareRecord: Codable {
    var leads: Double
    var coefficient: Double
    var standardError: Double

    init(leads: Double, _ coefficient: Coefficient) {
      self.leads = leads
      self.coefficient = coefficient.value
      standardError = coefficient.standardError
    }

    var estimate: Coefficient { Coefficient(value: coefficient, standardError: standardError) }
  }
}

extension TermRecord {
  init(_ term: ModelTerm) {
    self.init(field: term.name, kind: term.field.kind.rawValue, average: term.average)
    var rest = term.coefficients[...]
    func asAverage(_ hasMissing: Bool) -> String {
      hasMissing ? "own coefficient" : "as the average lead"
    }
    switch term.field.rule {
    case .numeric(let encoding), .date(let encoding):
      transform = encoding.transform
      mean = encoding.mean
      standardDeviation = encoding.standardDeviation
      lowest = encoding.lowest
      highest = encoding.highest
      leads = encoding.presentLeads
      if encoding.varies { setLine(rest.removeFirst()) }
      if encoding.hasMissing {
        missing = ShareRecord(leads: encoding.missingLeads, rest.removeFirst())
      }
      missingRule = asAverage(encoding.hasMissing)
    case .curve(let encoding), .dateCurve(let encoding):
      setPoints(encoding, term, &rest)
      missingRule = asAverage(encoding.line.hasMissing)
    case .flag(let encoding):
      falseWord = encoding.falseWord
      trueWord = encoding.trueWord
      trueLeads = encoding.trueLeads
      falseLeads = encoding.falseLeads
      if encoding.varies { setLine(rest.removeFirst()) }
      if encoding.hasMissing {
        missing = ShareRecord(leads: encoding.missingLeads, rest.removeFirst())
      }
      missingRule = asAverage(encoding.hasMissing)
    case .category(let encoding):
      levels = encoding.levels.map { level in
        let coefficient = rest.removeFirst()
        return LevelRecord(
          level: level.name, leads: level.leads, coefficient: coefficient.value,
          standardError: coefficient.standardError)
      }
      if encoding.otherLeads > 0 {
        other = ShareRecord(leads: encoding.otherLeads, rest.removeFirst())
      }
      if encoding.missingLeads > 0 {
        missing = ShareRecord(leads: encoding.missingLeads, rest.removeFirst())
      }
      missingRule = asAverage(encoding.missingLeads > 0)
      unseenRule = encoding.otherLeads > 0 ? "as other" : "as the average lead"
    }
  }

  private init(field: String, kind: String, average: Double) {
    self.field = field
    self.kind = kind
    self.average = average
  }

  private mutating func setPoints(
    _ encoding: CurveEncoding, _ term: ModelTerm, _ rest: inout ArraySlice<Coefficient>
  ) {
    kind = term.field.kind == .date ? Self.dateCurveKind : Self.curveKind
    spread = term.spread
    monotone = encoding.direction
    mean = encoding.line.mean
    lowest = encoding.line.lowest
    highest = encoding.line.highest
    leads = encoding.line.presentLeads
    if encoding.line.hasMissing {
      missing = ShareRecord(leads: encoding.line.missingLeads, rest.removeFirst())
    }
    points = encoding.knots.map { knot in
      let point = rest.removeFirst()
      return PointRecord(
        at: knot, coefficient: point.value, standardError: point.standardError)
    }
    values = encoding.levels.map { level in
      let effect = rest.removeFirst()
      return ValueRecord(
        value: level.value, leads: level.leads, coefficient: effect.value,
        standardError: effect.standardError)
    }
  }

  /// The kinds of terms that are tables of points.
  static let (curveKind, dateCurveKind) = ("curve", "date curve")

  /// The encoding of a table of points; checked, as a file may hold anything.
  private func curve() throws(ModelError) -> CurveEncoding {
    let places = try value(points, "points").map(\.at)
    let levels = try value(values, "values")
    guard places.count > 1, places.allSatisfy(\.isFinite), CurveEncoding.areValid(knots: places),
      (places[places.count - 1] - places[0]).isFinite
    else {
      throw .invalid(
        "the points of field \"\(field)\" must be 2 or more, each after the last (or one place twice: a jump)"
      )
    }
    guard levels.allSatisfy({ $0.value.isFinite }),
      zip(levels, levels.dropFirst()).allSatisfy({ $0.value < $1.value })
    else {
      throw .invalid("the values of field \"\(field)\" must be numbers, each above the last")
    }
    for level in levels { _ = try nonNegative(level.leads, "leads") }
    return CurveEncoding(
      line: NumericEncoding(
        transform: .identity, mean: try number(mean, "mean"), standardDeviation: 0,
        lowest: try number(lowest, "lowest"), highest: try number(highest, "highest"),
        presentLeads: try nonNegative(leads, "leads"), missingLeads: try leads(of: missing)),
      knots: places,
      levels: levels.map { CurveEncoding.Level(value: $0.value, leads: $0.leads) },
      direction: monotone)
  }

  private func curveTerm() throws(ModelError) -> ModelTerm {
    let encoding = try curve()
    var coefficients: [Coefficient] = []
    if let missing { coefficients.append(try finite(missing.estimate)) }
    for point in try value(points, "points") {
      coefficients.append(
        try finite(Coefficient(value: point.coefficient, standardError: point.standardError)))
    }
    for effect in try value(values, "values") {
      coefficients.append(
        try finite(Coefficient(value: effect.coefficient, standardError: effect.standardError)))
    }
    return ModelTerm(
      field: FieldEncoding(
        name: field, rule: kind == Self.dateCurveKind ? .dateCurve(encoding) : .curve(encoding)),
      coefficients: coefficients, average: try number(average, "average"),
      spread: try nonNegative(spread, "spread"))
  }

  private mutating func setLine(_ line: Coefficient) {
    coefficient = line.value
    standardError = line.standardError
  }

  /// The term; checked, as a file may hold anything.
  func term() throws(ModelError) -> ModelTerm {
    let rule: FieldEncoding.Rule
    var coefficients: [Coefficient] = []
    switch kind {
    case Self.curveKind, Self.dateCurveKind: return try curveTerm()
    case "numeric", "date":
      let encoding = NumericEncoding(
        transform: try value(transform, "transform"), mean: try number(mean, "mean"),
        standardDeviation: try nonNegative(standardDeviation, "standardDeviation"),
        lowest: try number(lowest, "lowest"), highest: try number(highest, "highest"),
        presentLeads: try nonNegative(leads, "leads"), missingLeads: try leads(of: missing))
      guard encoding.lowest <= encoding.highest else {
        throw .invalid("\"lowest\" of field \"\(field)\" is above its \"highest\"")
      }
      if encoding.varies { coefficients.append(try line()) }
      rule = kind == "date" ? .date(encoding) : .numeric(encoding)
    case "flag":
      let encoding = FlagEncoding(
        falseWord: try value(falseWord, "falseWord"), trueWord: try value(trueWord, "trueWord"),
        trueLeads: try nonNegative(trueLeads, "trueLeads"),
        falseLeads: try nonNegative(falseLeads, "falseLeads"), missingLeads: try leads(of: missing))
      if encoding.varies { coefficients.append(try line()) }
      rule = .flag(encoding)
    case "category":
      let records = try value(levels, "levels")
      guard Set(records.map(\.level)).count == records.count else {
        throw .invalid("the levels of field \"\(field)\" repeat; each may be there once")
      }
      for record in records {
        _ = try nonNegative(record.leads, "leads")
        coefficients.append(
          try finite(Coefficient(value: record.coefficient, standardError: record.standardError)))
      }
      rule = .category(
        CategoryEncoding(
          levels: records.map { CategoryEncoding.Level(name: $0.level, leads: $0.leads) },
          otherLeads: try leads(of: other), missingLeads: try leads(of: missing)))
      if let other { coefficients.append(try finite(other.estimate)) }
    default:
      throw .invalid("field \"\(field)\" is of the unknown kind \"\(kind)\"")
    }
    if let missing { coefficients.append(try finite(missing.estimate)) }
    return ModelTerm(
      field: FieldEncoding(name: field, rule: rule), coefficients: coefficients,
      average: try number(average, "average"))
  }

  private func line() throws(ModelError) -> Coefficient {
    try finite(
      Coefficient(
        value: try number(coefficient, "coefficient"),
        standardError: try number(standardError, "standardError")))
  }

  private func value<Value>(_ value: Value?, _ key: String) throws(ModelError) -> Value {
    guard let value else { throw .invalid("field \"\(field)\" has no \"\(key)\"") }
    return value
  }

  private func number(_ number: Double?, _ key: String) throws(ModelError) -> Double {
    let found = try value(number, key)
    guard found.isFinite else { throw .invalid("\"\(key)\" of field \"\(field)\" is not finite") }
    return found
  }

  private func nonNegative(_ number: Double?, _ key: String) throws(ModelError) -> Double {
    let found = try self.number(number, key)
    guard found >= 0 else { throw .invalid("\"\(key)\" of field \"\(field)\" is negative") }
    return found
  }

  private func finite(_ coefficient: Coefficient) throws(ModelError) -> Coefficient {
    _ = try number(coefficient.value, "coefficient")
    _ = try nonNegative(coefficient.standardError, "standardError")
    return coefficient
  }

  /// The leads of a share; one that is there must have some, as it has a coefficient.
  private func leads(of share: ShareRecord?) throws(ModelError) -> Double {
    guard let share else { return 0 }
    let leads = try nonNegative(share.leads, "leads")
    guard leads > 0 else { throw .invalid("field \"\(field)\" has a share of no leads") }
    return leads
  }
}
