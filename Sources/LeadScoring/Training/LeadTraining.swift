import DataSources
import Evaluation
import FeatureEncoding
import Parallelism
import Regression
import Tables

/// A history on its way to a model: roles, penalty, validation, tiers and the final fit on all leads.
public struct LeadTraining: Sendable {
  /// The model.
  public let model: LeadModel

  /// What was found out or decided on the way, a sentence each.
  public let remarks: [String]

  /// The plain fit with every name, which the model's file may not hold; nil for other forms.
  public let plainSummary: PlainSummary?

  /// Whether the order of rows told which leads are the newest.
  public let isOrdered: Bool

  /// Learns from a history.
  ///
  /// - Parameters:
  ///   - progress: Is told what begins.
  /// - Throws: `TrainingError` where the history has no usable outcomes or features, or a fit fails.
  public init(
    on file: LeadFile, options: TrainingOptions, progress: (String) -> Void = { _ in }
  ) throws(TrainingError) {
    let set = try TrainingSet(file.table, options: options, fileRows: file.whole?.rowCount)
    isOrdered = set.isOrdered
    if options.form == .plain {
      guard file.whole == nil else {
        throw .plain("a plain fit needs all rows in memory, and the budget does not hold them")
      }
      progress("fitting")
      let plain = try PlainFit(set)
      plainSummary = PlainSummary(plain)
      (model, remarks) = try Self.plainModel(plain, set, file: file, options: options)
      return
    }
    plainSummary = nil
    var judged = try Judgement(set, options: options, progress: progress)
    var counts: HistoryCounts?
    if let whole = file.whole {
      progress("encoding all rows")
      let history = try StoredHistory(
        whole, set, judged.fitted.problem, folder: options.scratchFolder)
      progress("fitting all rows")
      judged = try judged.refitted(on: history, set)
      counts = history.counts
    }
    let encoder = judged.fitted.problem.encoder
    var (intercept, terms, pairs) = try judged.fitted.terms(in: set.table)
    let check = judged.check
    var recalibration: Recalibration?
    if options.recalibration == .recent {
      let scorer = LogitScorer(
        intercept: intercept.value, terms: terms, pairs: pairs, reference: encoder.dateReference)
      let found = try Recalibration(set, judged.trial, scorer: scorer, terms: terms, check: check)
      intercept = Coefficient(
        value: intercept.value + found.shift, standardError: intercept.standardError)
      recalibration = found
    }
    let tiers = try Self.tiers(
      options, judged: judged, shift: recalibration?.shift ?? 0, set: set)
    var remarks = set.outcomeColumn.definition.remarks + judged.remarks
    remarks += TimeRemarks(set, trial: judged.trial, check: check, options: options).lines
    if let remark = set.fewLeadsRemark { remarks.append(remark) }
    if let whole = file.whole { remarks.append(Self.sampleRemark(whole, set)) }
    if judged.fitted.eta == nil {
      remarks.append(
        "tier borders and rates come from leads that the fit has seen, and so flatter it"
      )
    }
    let constants = set.constants(encodedBy: encoder)
    let draft = LeadModel(
      name: options.name, program: options.program, trained: options.trained,
      data: counts.map { Self.data($0, set, file: file) }
        ?? Self.data(set, file: file, dropped: set.dropped),
      outcome: set.outcomeColumn.definition,
      missingWords: options.missingWords, roles: set.roles,
      form: judged.fitted.form, formChoice: judged.trial.choice,
      intercept: intercept, terms: terms, pairs: pairs,
      dateReference: encoder.dateReference, leftOut: set.leftOut + constants,
      penalty: judged.fitted.penalty, validation: judged.validation,
      recalibration: recalibration, plain: nil, tiers: tiers,
      goldenLeads: [])
    model = try Self.withGoldenLeads(draft)
    self.remarks =
      KindRemarks(set).lines + ListRemarks.lines(encoder) + remarks
      + [LeakRemark.line(model)].compactMap { $0 }
  }

  /// The tiers asked for, or the usual ones, with what happened to leads in them.
  ///
  /// - Parameter shift: What the model adds to the fit's logits.
  private static func tiers(
    _ options: TrainingOptions, judged: Judgement, shift: Double, set: TrainingSet
  ) throws(TrainingError) -> TierBoundaries {
    let eta = judged.fitted.eta ?? judged.fitted.fit.eta
    let leads = ForetoldLeads(
      probabilities: LogisticLoss.probabilities(eta, shift: shift), outcomes: set.outcomes,
      weights: set.weights)
    let evidence = judged.fitted.eta == nil ? "training scores" : "out-of-sample score"
    do throws(TierError) {
      let borders = try options.borders(for: leads, evidenceName: evidence)
      return try borders.judged(by: leads, isKnown: set.isKnown)
    } catch { throw .tiers(error) }
  }

  private static func plainModel(
    _ plain: PlainFit, _ set: TrainingSet, file: LeadFile, options: TrainingOptions
  ) throws(TrainingError) -> (LeadModel, [String]) {
    let terms = plain.terms()
    let leads = ForetoldLeads(
      probabilities: LogisticLoss.probabilities(plain.fit.eta), outcomes: plain.outcomes,
      weights: plain.weights)
    let tiers: TierBoundaries
    do throws(TierError) {
      let borders = try options.borders(for: leads, evidenceName: "training scores")
      tiers = try borders.judged(by: leads)
    } catch { throw .tiers(error) }
    let draft = LeadModel(
      name: options.name, program: options.program, trained: options.trained,
      data: data(set, file: file, dropped: set.dropped + plain.rowsDropped),
      outcome: set.outcomeColumn.definition, missingWords: options.missingWords, roles: set.roles,
      form: .plain,
      intercept: plain.intercept(of: terms), terms: terms, pairs: [], dateReference: .day(0),
      leftOut: set.leftOut
        + plain.constants.map { LeftOutColumn(name: $0, reason: "the same in every row") },
      penalty: PenaltyRecord(ridge: 0, chosen: "none: a plain fit"), validation: nil,
      plain: PlainSummary(withoutRareNamesOf: plain), tiers: tiers, goldenLeads: [])
    let remark = "a plain fit is not validated: its tiers rest on leads that the fit has seen"
    return (try withGoldenLeads(draft), KindRemarks(set).lines + [remark])
  }

  private static func withGoldenLeads(_ draft: LeadModel) throws(TrainingError) -> LeadModel {
    do throws(ModelError) { return draft.with(goldenLeads: try draft.makeGoldenLeads()) } catch {
      throw .model(error)
    }
  }

  /// What a sample decided, and what it did not.
  private static func sampleRemark(_ whole: WholeFile, _ set: TrainingSet) -> String {
    "the coefficients and their errors come from all \(whole.rowCount) rows; all else was decided, measured and counted "
      + "on a sample of \(set.table.rowCount) rows, chosen by what they hold, as all together would take more memory "
      + "than they may (--memory)"
  }

  /// - Parameter counts: What was met among all rows, where the set has a sample.
  private static func data(
    _ counts: HistoryCounts, _ set: TrainingSet, file: LeadFile
  ) -> TrainingData {
    TrainingData(
      rows: counts.rows, converted: counts.converted, lost: counts.lost, churned: counts.churned,
      open: counts.open, dropped: counts.dropped,
      from: counts.days.map { CalendarDay.text($0.lowerBound) },
      to: counts.days.map { CalendarDay.text($0.upperBound) }, sha256: file.sha256,
      sampledRows: set.table.rowCount)
  }

  private static func data(_ set: TrainingSet, file: LeadFile, dropped: Int) -> TrainingData {
    let outcomes = set.outcomeColumn
    let window = set.window
    return TrainingData(
      rows: set.table.rowCount, converted: outcomes.count(of: .converted),
      lost: outcomes.count(of: .lost), churned: outcomes.count(of: .churned),
      open: outcomes.count(of: .open), dropped: dropped, from: window?.from, to: window?.to,
      sha256: file.sha256)
  }
}

extension TrainingOptions {
  /// The tiers asked for, or the usual ones.
  fileprivate func borders(
    for leads: ForetoldLeads, evidenceName: String
  ) throws(TierError) -> TierBoundaries {
    if let tiers { return tiers }
    return try .usual(for: leads, evidenceName: evidenceName)
  }
}

extension TrainingSet {
  /// The leads of an outcome below which a model is hardly more than a guess.
  static let fewLeads = 20

  /// A sentence for a history from which little can be learned; nil for others.
  var fewLeadsRemark: String? {
    let fewer = min(converted, outcomes.count - converted)
    guard fewer < Self.fewLeads else { return nil }
    return
      "only \(fewer) \(fewer == 1 ? "lead" : "leads") \(fewer == converted ? "converted" : "did not convert"): so few teach hardly "
      + "more than the base rate; judge scores with care, and train again when there are more"
  }

  /// The features that an encoder dropped, as they do not differ.
  func constants(encodedBy encoder: FeatureEncoder) -> [LeftOutColumn] {
    let encoded = Set(encoder.fields.map(\.name))
    return features.filter { !encoded.contains($0) }.map { name in
      LeftOutColumn(
        name: name,
        reason: encoder.duplicates[name].map { "says what \"\($0)\" says" }
          ?? Self.uninformative)
    }
  }

  /// About so many of some leads, enough to compare fits; nil where there are hardly more or an outcome is too rare.
  func fewer(of leads: LearningRows, size: Int, options: TrainingOptions) -> LearningRows? {
    // By another seed than that of the sample for penalties, which would else hold all of this one.
    let positions = hashes.sample(of: leads.rows, seed: mixedBits(options.seed), size: size)
    let sample = positions.map(leads.keeping)
    return sample.flatMap { $0.hasBothOutcomes ? $0 : nil }
  }

  /// Positions among some rows from which penalties are set, where the rows are many; nil for all.
  func sample(of rows: [Int], seed: UInt64) -> [Int]? {
    hashes.sample(of: rows, seed: seed, size: 110_000)
  }

  /// Whether a lead, by its position in `rows`, has a value in a column.
  func isKnown(position: Int, field: String) -> Bool {
    guard let column = table[field] else { return false }
    let row = rows[position]
    switch column.values {
    case .numeric(let numbers), .date(let numbers): return !numbers[row].isNaN
    case .category(let categories): return categories.codes[row] > 0
    case .flag(let flags): return flags.codes[row] > 0
    case .text(let texts): return !texts[row].isEmpty
    }
  }
}
