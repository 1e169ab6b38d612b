import FeatureEncoding
import StrictJSON
import Tables

/// A model as its file shows it.
private struct ModelRecord: Codable {
  struct Format: Codable {
    var name: String
    var version: Int
  }

  struct DateRecord: Codable {
    var column: String?
    var day: String?
  }

  var format: Format
  var program: String
  var name: String
  var trained: String
  var data: TrainingData
  var outcome: OutcomeDefinition
  /// Not there where there are none.
  var missingWords: [String]?
  var roles: ColumnRoles
  var form: ModelForm
  /// Not there where the form was given.
  var formChoice: FormChoice?
  var intercept: Coefficient
  var terms: [TermRecord]
  /// Not there where there are none.
  var pairs: [PairRecord]?
  var datesCountFrom: DateRecord
  var leftOut: [LeftOutColumn]
  var penalty: PenaltyRecord
  var recalibration: Recalibration?
  var validation: Validation?
  var plain: PlainSummary?
  var tiers: TierBoundaries
  var goldenLeads: [GoldenLead]
}

/// The part of a file that tells what it is.
private struct FormatRecord: Codable {
  var format: ModelRecord.Format
}

extension LeadModel {
  /// The name of the format in a model file.
  public static let formatName = "winnow-model"

  /// The newest version of the format that this program reads, and writes.
  public static let formatVersion = 3

  /// The version of the format that a model is written in: the oldest that has all it holds.
  private var writtenVersion: Int {
    if !pairs.isEmpty || terms.contains(where: \.needsThirdVersion) { return 3 }
    return form.hasCurves ? 2 : 1
  }

  /// The most bytes that a model file may have.
  public static let mostBytes = 512 << 20

  /// The model as JSON with sorted keys, two blanks of indentation and exact numbers.
  public func json() throws(ModelError) -> [UInt8] {
    do {
      return JSONWriter(sortsKeys: true, isPretty: true)
        .bytes(of: try JSONValueEncoder.encode(record))
    } catch {
      throw .invalid("it cannot be written as JSON: \(error)")
    }
  }

  private var record: ModelRecord {
    var dates = ModelRecord.DateRecord()
    switch dateReference {
    case .column(let column): dates.column = column
    case .day(let day): dates.day = CalendarDay.text(day)
    }
    return ModelRecord(
      format: .init(name: Self.formatName, version: writtenVersion), program: program,
      name: name, trained: trained, data: data, outcome: outcome,
      missingWords: missingWords.isEmpty ? nil : missingWords, roles: roles, form: form,
      formChoice: formChoice, intercept: intercept, terms: terms.map { TermRecord($0) },
      pairs: pairs.isEmpty ? nil : pairs.map { PairRecord($0) }, datesCountFrom: dates,
      leftOut: leftOut, penalty: penalty, recalibration: recalibration, validation: validation,
      plain: plain, tiers: tiers,
      goldenLeads: goldenLeads)
  }

  /// Reads a model from the bytes of a file, which may hold anything.
  ///
  /// - Parameter path: The name of the file, for messages.
  /// - Throws: `ModelError` where the bytes are no model, or one that contradicts itself.
  public init(json bytes: [UInt8], path: String) throws(ModelError) {
    guard bytes.count <= Self.mostBytes else {
      throw .tooLarge(path: path, bytes: bytes.count, most: Self.mostBytes)
    }
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: bytes) } catch {
      throw .malformed(path: path, error)
    }
    let format: ModelRecord.Format
    do { format = try JSONValueDecoder.decode(FormatRecord.self, from: value).format } catch {
      throw .notAModel(path: path)
    }
    guard format.name == Self.formatName else { throw .notAModel(path: path) }
    guard format.version >= 1 else {
      throw .wrongShape(
        path: path, reason: "its format version is \(format.version); versions begin at 1")
    }
    guard format.version <= Self.formatVersion else {
      throw .newerVersion(path: path, version: format.version, known: Self.formatVersion)
    }
    let record: ModelRecord
    do { record = try JSONValueDecoder.decode(ModelRecord.self, from: value) } catch {
      throw .wrongShape(path: path, reason: Self.reason(error))
    }
    try self.init(record)
    try checkGoldenLeads(path: path)
  }

  private init(_ record: ModelRecord) throws(ModelError) {
    var terms: [ModelTerm] = []
    for term in record.terms { terms.append(try term.term()) }
    guard Set(terms.map(\.name)).count == terms.count else {
      throw .invalid("two terms read the same field")
    }
    guard !terms.contains(where: { $0.name.utf8.first == 0 }) else {
      throw .invalid("a field's name begins with a NUL, which no column's does")
    }
    try record.formChoice?.validate()
    try record.recalibration?.validate()
    var pairs: [PairTerm] = []
    for pair in record.pairs ?? [] { pairs.append(try pair.term()) }
    try Self.check(pairs, terms: terms)
    let reach =
      terms.reduce(abs(record.intercept.value)) { $0 + $1.reach }
      + pairs.reduce(0) { $0 + $1.reach }
    // Of a file's numbers each may be finite and their sum not: no lead may score as infinite.
    guard reach.isFinite else {
      throw .invalid("its coefficients are so large that scores overflow")
    }
    let reference: DateReference
    switch (record.datesCountFrom.column, record.datesCountFrom.day) {
    case (let column?, nil): reference = .column(column)
    case (nil, let day?):
      guard let days = CalendarDay.days(day) else {
        throw .invalid("\"\(day)\", from which dates count, is no day such as 2026-11-23")
      }
      reference = .day(days)
    default: throw .invalid("\"datesCountFrom\" must name either a column or a day")
    }
    self.init(
      name: record.name, program: record.program, trained: record.trained, data: record.data,
      outcome: record.outcome, missingWords: record.missingWords ?? [], roles: record.roles,
      form: record.form, formChoice: record.formChoice, intercept: record.intercept,
      terms: terms, pairs: pairs, dateReference: reference, leftOut: record.leftOut,
      penalty: record.penalty, validation: record.validation, recalibration: record.recalibration,
      plain: record.plain, tiers: record.tiers,
      goldenLeads: record.goldenLeads.map { $0.sorted(into: record.tiers) })
  }

  /// What is wrong with the shape of a file, from the decoder's error.
  private static func reason(_ error: any Error) -> String {
    func place(_ path: [any CodingKey]) -> String {
      let names = path.map { key in key.intValue.map { "[\($0)]" } ?? "\"\(key.stringValue)\"" }
      return names.isEmpty ? "at the top" : "at " + names.joined(separator: " ")
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "\"\(key.stringValue)\" is missing \(place(context.codingPath))"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      return
        "the value \(place(context.codingPath)) has the wrong type: \(context.debugDescription)"
    case DecodingError.dataCorrupted(let context):
      return
        "the value \(place(context.codingPath)) is not one of those known: \(context.debugDescription)"
    default: return "\(error)"
    }
  }
}
