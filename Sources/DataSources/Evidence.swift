/// What the cells of a column say about numbers, all together.
struct NumberEvidence: OptionSet, Sendable {
  let rawValue: UInt32

  /// A number that is the same with a decimal point and a decimal comma.
  static let same = NumberEvidence(rawValue: 1)
  /// A number that is another one with a point than with a comma.
  static let ambiguous = NumberEvidence(rawValue: 2)
  /// A number only with a decimal point.
  static let pointOnly = NumberEvidence(rawValue: 4)
  /// A number only with a decimal comma.
  static let commaOnly = NumberEvidence(rawValue: 8)
  /// A number other than 0 and 1.
  static let many = NumberEvidence(rawValue: 16)
  /// A percentage.
  static let percent = NumberEvidence(rawValue: 32)
  /// A number other than 0 that is not a percentage.
  static let notPercent = NumberEvidence(rawValue: 64)
  /// A cell that is neither missing nor a number.
  static let word = NumberEvidence(rawValue: 128)

  /// An amount in a currency of `Currency`.
  static func currency(_ number: Int) -> NumberEvidence {
    NumberEvidence(rawValue: 256 << UInt32(number))
  }

  /// What one number says.
  init(_ reading: NumberReading, value: Double) {
    var evidence: NumberEvidence =
      reading.isAmbiguous
      ? .ambiguous
      : reading.pointDecimals == nil
        ? .commaOnly : reading.commaDecimals == nil ? .pointOnly : .same
    if value != 0, value != 1 { evidence.insert(.many) }
    if reading.isPercent {
      evidence.formUnion([.percent, .many])
    } else if value != 0 {
      evidence.insert(.notPercent)
    }
    if reading.currency > 0 { evidence.formUnion([.currency(reading.currency), .many]) }
    self = evidence
  }

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Whether there is any number.
  var hasNumbers: Bool { !isDisjoint(with: [.same, .ambiguous, .pointOnly, .commaOnly]) }

  /// Whether all cells can be numbers of one unit under a decimal mark.
  func allow(_ mark: DecimalMark) -> Bool {
    if contains(.word) || contains(mark == .point ? .commaOnly : .pointOnly) { return false }
    if isSuperset(of: [.percent, .notPercent]) { return false }
    return (rawValue >> 8).nonzeroBitCount <= 1
  }
}

/// What the cells of a column say about dates, all together.
struct DateEvidence: OptionSet, Sendable {
  let rawValue: UInt32

  /// A date whose punctuation says its order.
  static let plain = DateEvidence(rawValue: 1)
  /// A date with points: day first.
  static let dotted = DateEvidence(rawValue: 2)
  /// A date that is the same with day first and with month first.
  static let same = DateEvidence(rawValue: 4)
  /// A date that is another one with day first than with month first.
  static let ambiguous = DateEvidence(rawValue: 8)
  /// A date only with the day first.
  static let dayOnly = DateEvidence(rawValue: 16)
  /// A date only with the month first.
  static let monthOnly = DateEvidence(rawValue: 32)
  /// A date only with the year first.
  static let yearOnly = DateEvidence(rawValue: 64)
  /// A date that cannot have the year first.
  static let notYear = DateEvidence(rawValue: 128)
  /// A cell that is neither missing nor a date.
  static let word = DateEvidence(rawValue: 256)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// What one date says.
  init(_ reading: DateReading) {
    if reading.isPlain {
      self = reading.yearFirst == nil ? [.plain, .dotted] : .plain
      return
    }
    var evidence: DateEvidence = []
    switch (reading.dayFirst, reading.monthFirst) {
    case (.some, .some): evidence = reading.isAmbiguous ? .ambiguous : .same
    case (.some, nil): evidence = .dayOnly
    case (nil, .some): evidence = .monthOnly
    case (nil, nil): evidence = .yearOnly
    }
    if reading.yearFirst == nil { evidence.insert(.notYear) }
    self = evidence
  }

  /// Whether there is any date.
  var hasDates: Bool { !subtracting([.word, .notYear]).isEmpty }

  /// Whether all cells can be dates of an order.
  func allow(_ order: DateOrder) -> Bool {
    switch order {
    case .dayFirst: isDisjoint(with: [.word, .monthOnly, .yearOnly])
    case .monthFirst: isDisjoint(with: [.word, .dayOnly, .yearOnly])
    case .yearFirst: isDisjoint(with: [.word, .notYear])
    }
  }
}
