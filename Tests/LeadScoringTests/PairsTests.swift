import DataSources
import FeatureEncoding
import Foundation
import LinearAlgebra
import Regression
import Tables
import Testing

@testable import LeadScoring

@Suite("Pairs")
struct PairsTests {
  private let training: LeadTraining
  private var model: LeadModel { training.model }

  init() throws { training = try PlantedPairs.shared.get() }

  private func pair(_ name: String) throws -> PairTerm {
    try #require(model.pairs.first { $0.name == name }, "\(name) is in the model")
  }

  @Test("planted pairs are found and named, and no other")
  func found() {
    #expect(
      model.pairs.map(\.name).sorted() == ["asked & called", "days & source", "width & height"])
    let penalties = (model.penalty.terms ?? []).filter { $0.part == .pair }
    #expect(penalties.map(\.field) == model.pairs.map(\.name))
    // Two words have no neighbors.
    #expect(penalties.allSatisfy { ($0.differences == nil) == ($0.field == "asked & called") })
    for penalty in penalties {
      #expect(penalty.effectiveParameters > 0.5 && penalty.effectiveParameters < 144)
    }
  }

  @Test("with them unseen leads are foretold better than by curves, by 0.1 nats a lead")
  func planted() throws {
    let curves = try Training.run(PlantedPairs.text) {
      $0.form = .curves
      $0.validation = .folds
    }
    let without = try #require(curves.model.validation?.folds?.metrics.logLoss.value)
    let with = try #require(model.validation?.folds?.metrics.logLoss.value)
    #expect(with < without - 0.1, "\(with) and \(without)")
    #expect(curves.model.pairs.isEmpty)
    // Leads that nobody had when the pairs were found say the same.
    let fresh = PlantedPairs.history(rows: 3000, seed: 12)
    func loss(_ model: LeadModel) throws -> Double {
      try MadeUpLeads.onDisk(fresh) { path in
        let history = try ScoredHistory(
          path: path, model: model, options: ReadingOptions(), day: 20_000)
        return try LeadEvaluation(history, model: model).metrics.logLoss.value
      }
    }
    let (freshWith, freshWithout) = (try loss(model), try loss(curves.model))
    #expect(freshWith < freshWithout - 0.1)
    #expect(abs(freshWith - with) < 0.03 && abs(freshWithout - without) < 0.03)
  }

  /// The root of the mean square difference between a pair's cells and a planted surface over the leads of cells,
  /// both without what rows and columns could say.
  private func distance(
    _ pair: PairTerm, _ truth: (_ first: Int, _ second: Int) -> Double
  ) -> Double {
    let (height, width) = (pair.first.groups.groupCount, pair.second.groups.groupCount)
    var rest = (0..<height * width).map {
      pair.coefficients[$0].value - truth($0 / width, $0 % width)
    }
    for _ in 0..<50 {
      for lines in [
        (0..<height).map { row in (0..<width).map { row * width + $0 } },
        (0..<width).map { column in (0..<height).map { $0 * width + column } },
      ] {
        for line in lines {
          let leads = line.reduce(0) { $0 + pair.leads[$1] }
          guard leads > 0 else { continue }
          let mean = line.reduce(0) { $0 + pair.leads[$1] * rest[$1] } / leads
          for cell in line { rest[cell] -= mean }
        }
      }
    }
    let total = pair.leads.reduce(0, +)
    return (zip(rest, pair.leads).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } / total).squareRoot()
  }

  /// A number in the middle of a group; nil where it is missing.
  private func middle(_ axis: PairTerm.Axis, _ group: Int, from low: Double, to high: Double)
    -> Double?
  {
    guard case .cuts(let cuts) = axis.groups.groups, group <= cuts.count else { return nil }
    let ends = [low] + cuts + [high]
    return (ends[group] + ends[group + 1]) / 2
  }

  @Test("the tables are the planted surfaces, but for noise")
  func recovered() throws {
    // Surfaces of the sizes 1.2, 0.7 and 0.9; a cell of the first has some 35 leads.
    let numbers = try pair("width & height")
    let found = distance(numbers) { first, second in
      guard let x = middle(numbers.first, first, from: 0, to: 10),
        let y = middle(numbers.second, second, from: 0, to: 10)
      else { return 0 }
      return PlantedPairs.numbers(x, y)
    }
    #expect(found < 0.45, "\(found)")
    let mixed = try pair("days & source")
    let sources = mixed.second.labels
    let other = distance(mixed) { first, second in
      middle(mixed.first, first, from: 0, to: 100).map {
        PlantedPairs.numberAndWord($0, sources[second])
      } ?? 0
    }
    #expect(other < 0.3, "\(other)")
    let flags = distance(try pair("asked & called")) { first, second in
      first < 2 && second < 2 ? PlantedPairs.flags(first == 1, second == 1) : 0
    }
    #expect(flags < 0.12, "\(flags)")
  }

  @Test("cells with labels are those of ten leads, and their intervals hold 0 more or less often")
  func cells() throws {
    let flags = try pair("asked & called").cells
    #expect(
      flags.map { [$0.first, $0.second] } == [
        ["no", "no"], ["no", "yes"], ["yes", "no"], ["yes", "yes"],
      ])
    #expect(flags.allSatisfy { abs($0.coefficient.value) > 1.96 * $0.coefficient.standardError })
    #expect(flags.allSatisfy { $0.coefficient.standardError > 0.01 })
    #expect(flags.reduce(0) { $0 + $1.leads } == 5000)
    let numbers = try pair("width & height")
    #expect(numbers.cells.count == numbers.leads.count { $0 > 0 })
    #expect(numbers.first.labels.last == "(missing)")
    #expect(numbers.first.labels.first?.hasPrefix("up to ") == true)
  }

  @Test("a pair's spread is the standard deviation of its cells over leads")
  func spread() throws {
    let flags = try pair("asked & called")
    let squares = flags.cells.reduce(0) {
      $0 + $1.leads * $1.coefficient.value * $1.coefficient.value
    }
    #expect(abs(flags.spread - (squares / 5000).squareRoot()) < 1e-9)
    #expect(model.pairs.allSatisfy { $0.spread > 0.3 && $0.spread < 1.5 })
  }

  @Test("each lead's logit is the fit's, and its shares and the baseline sum to it")
  func shares() throws {
    let file = try MadeUpLeads.file(PlantedPairs.text)
    var options = TrainingOptions()
    options.form = .pairs
    options.validation = .none
    let set = try TrainingSet(file.table, options: options)
    let judged = try Judgement(set, options: options) { _ in }.fitted
    #expect(judged.problem.pairs.count == 3)
    let made = CurveTerms(
      judged.problem, coefficients: judged.fit.coefficients,
      inference: judged.inference,
      table: set.table)
    let scorer = LogitScorer(
      intercept: made.intercept.value, terms: made.terms, pairs: made.pairs,
      reference: judged.problem.encoder.dateReference)
    let logits = scorer.logits(of: set.table, rows: set.rows, terms: made.terms)
    // Training keeps places within an interval in 32 bits.
    for (logit, eta) in zip(logits, judged.fit.eta) { #expect(abs(logit - eta) < 1e-5) }
    #expect(made.pairs == model.pairs && made.terms == model.terms)
  }

  @Test("standard errors are those of the same sums of coefficients under the dense inverse")
  func standardErrors() throws {
    let file = try MadeUpLeads.file(PlantedPairs.history(rows: 500, seed: 9))
    var options = TrainingOptions()
    options.form = .curves
    options.validation = .none
    options.excluded = ["noise"]
    options.interactions = [
      Interaction("asked", "called"), Interaction("source", "asked"), Interaction("source", "days"),
    ]
    let set = try TrainingSet(file.table, options: options)
    let judged = try Judgement(set, options: options) { _ in }.fitted
    func coefficients(_ terms: CurveTerms) -> [Coefficient] {
      [terms.intercept] + terms.terms.flatMap(\.coefficients) + terms.pairs.flatMap(\.coefficients)
    }
    let terms = CurveTerms(
      judged.problem, coefficients: judged.fit.coefficients, inference: judged.inference,
      table: set.table)
    let made = coefficients(terms)
    // Levels, missing cells and cells of pairs count how far penalties hold them back; a curve's points do not.
    let counts =
      [false]
      + terms.terms.flatMap { term -> [Bool] in
        let places = term.coefficients.indices
        switch term.field.rule {
        case .category, .datePart: return places.map { _ in true }
        case .curve(let table), .dateCurve(let table):
          return places.map { table.line.hasMissing && $0 == 0 }
        case .words, .list, .flag, .numeric, .date: return places.map { _ in false }
        }
      } + terms.pairs.flatMap { $0.coefficients.map { _ in true } }
    #expect(counts.contains(true) && counts.contains(false))
    let hessian = try #require(judged.inference).hessian
    let inverse = hessian.inverse()
    let pulledBack = inverse.times(hessian.penalty.times(judged.fit.coefficients))
    let count = judged.fit.coefficients.count
    // What each coefficient of the fit does alone: terms are linear in them.
    let columns = (0..<count).map { place in
      var unit = [Double](repeating: 0, count: count)
      unit[place] = 1
      return coefficients(
        CurveTerms(judged.problem, coefficients: unit, inference: nil, table: set.table)
      ).map(\.value)
    }
    for index in made.indices {
      let contrast = columns.map { $0[index] }
      var variance = zip(contrast, inverse.times(contrast)).reduce(0) { $0 + $1.0 * $1.1 }
      let distance = zip(contrast, pulledBack).reduce(0) { $0 + $1.0 * $1.1 }
      if counts[index] { variance += distance * distance }
      let value = zip(contrast, judged.fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(made[index].value - value) < 1e-9)
      #expect(abs(made[index].standardError - max(0, variance).squareRoot()) < 1e-7, "\(index)")
    }
    #expect(made.count > 100)
  }

  /// The blocks of leads that a text gives.
  private func blocks(_ text: String) throws -> [ScoredBlock] {
    try MadeUpLeads.onDisk(text) { path in
      let stream = try LeadStream(path: path, options: ReadingOptions())
      let scorer = try LeadScorer(model, columns: stream.columnNames, file: path, day: 20_000)
      var blocks: [ScoredBlock] = []
      _ = try LeadFileScoring(scorer, stream: stream).run(
        render: { $0 }, consume: { blocks.append($0) })
      return blocks
    }
  }

  /// Leads with every oddity: missing cells, levels that nobody saw, numbers far outside.
  private static let odd = """
    width,height,days,source,asked,called,noise
    5,5,50,web,yes,yes,5
    ,,,,,,
    1e9,-5,1e300,Atlantis,no,,1
    -1e300,1e300,-1,WEB,NA,yes,NA
    """

  @Test("reasons and the baseline sum to the logit of scored leads, odd ones too")
  func reasons() throws {
    let averages = model.averages
    #expect(averages.count == model.terms.count + 3)
    var leads = 0
    var strongest = Set<Int>()
    for block in try blocks(PlantedPairs.text) + blocks(Self.odd) {
      for row in block.logits.indices {
        let reasons = block.reasons(row: row, most: 100, averages: averages)
        let sum = reasons.reduce(model.baseline) { $0 + $1.share }
        #expect(abs(sum - block.logits[row]) < 1e-12)
        if let first = reasons.first { strongest.insert(first.term) }
        leads += 1
      }
    }
    #expect(leads == 5004)
    // Pairs are reasons as terms are.
    #expect(strongest.contains { $0 >= model.terms.count })
  }

  @Test("a pair's reason is named after both fields, with what the lead has in each")
  func reasonText() throws {
    let texts = ReasonTexts(model)
    let names = model.terms.map(\.name)
    let place = try #require(model.pairs.firstIndex { $0.name == "asked & called" })
    let columns = names.map { name -> Column? in
      guard ["asked", "called"].contains(name) else { return nil }
      let codes: [UInt8] = name == "asked" ? [2, 1] : [2, 0]
      return Column(
        name: name, values: .flag(Flags(codes: codes, falseWord: "no", trueWord: "yes")))
    }
    let reason = Reason(term: names.count + place, share: 1)
    let (first, second) = (0, 1)
    #expect(texts.text(of: reason, columns: columns, row: first).field == "asked & called")
    #expect(texts.text(of: reason, columns: columns, row: first).value == "yes & yes")
    #expect(texts.text(of: reason, columns: columns, row: second).value == "no & (missing)")
  }

  @Test("a model file is of version 3, read back equal and written again the same")
  func file() throws {
    let json = try model.json()
    let again = try LeadModel(json: json, path: "m.json")
    #expect(again == model)
    #expect(try again.json() == json)
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains("\"version\": 3"))
    #expect(text.contains("\"pairs\": ["))
  }

  @Test("a form of pairs without any is a file of version 2, as one of curves; lines are version 1")
  func otherForms() throws {
    let text = PlantedPairs.additive(rows: 600, seed: 3)
    let pairs = try PlantedPairs.train(text).model
    let curves = try Training.model(text) {
      $0.form = .curves
      $0.validation = .none
    }
    let lines = try Training.model(text) { $0.validation = .none }
    for (model, version) in [(pairs, 2), (curves, 2), (lines, 1)] {
      let text = String(decoding: try model.json(), as: UTF8.self)
      #expect(text.contains("\"version\": \(version)"))
      #expect(!text.contains("\"pairs\": ["))
    }
    // Where none is found the form changes nothing.
    #expect(pairs.allCoefficients == curves.allCoefficients)
    #expect(pairs.terms == curves.terms)
  }

  @Test("the order of rows changes nothing by more than 1e-9")
  func order() throws {
    let shuffled = MadeUpLeads.changingRows(of: PlantedPairs.text) { rows in
      var random = SplitMix(state: 5)
      return rows.shuffled(using: &random)
    }
    let other = try PlantedPairs.train(shuffled).model
    #expect(other.pairs.map(\.name) == model.pairs.map(\.name))
    #expect(other.allWithPairs.count == model.allWithPairs.count)
    for (a, b) in zip(other.allWithPairs, model.allWithPairs) { #expect(abs(a - b) < 1e-9) }
    for (a, b) in zip(other.allErrorsWithPairs, model.allErrorsWithPairs) {
      #expect(abs(a - b) < 1e-9)
    }
  }

  @Test("a weight of two is a row twice")
  func weights() throws {
    let weighted = PlantedPairs.history(rows: 3000, seed: 4, isWeighted: true)
    let repeated = MadeUpLeads.changingRows(of: weighted) { rows in
      rows.flatMap { row in
        let count = Int(String(row.suffix(1))) ?? 0
        return [String](repeating: row, count: count)
      }
    }
    let first = try PlantedPairs.train(weighted) { $0.weight = "copies" }.model
    let second = try PlantedPairs.train(repeated) { $0.excluded = ["copies"] }.model
    #expect(first.pairs.map(\.name) == second.pairs.map(\.name))
    #expect(!first.pairs.isEmpty)
    for (a, b) in zip(first.pairs, second.pairs) {
      #expect(a.first == b.first && a.second == b.second && a.leads == b.leads)
    }
    #expect(first.allWithPairs.count == second.allWithPairs.count)
    for (a, b) in zip(first.allWithPairs, second.allWithPairs) { #expect(abs(a - b) < 1e-8) }
  }

  @Test("pairs that are asked for are there, and columns that are left out in none")
  func wishes() throws {
    let text = PlantedPairs.history(rows: 2500, seed: 6)
    let asked = try PlantedPairs.train(text) {
      $0.interactions = [Interaction("source", "noise"), Interaction("width", "asked")]
      $0.withoutInteraction = ["height", "called"]
    }.model
    let names = asked.pairs.map(\.name)
    // In the order of the columns, and before those that are found.
    #expect(names.prefix(2) == ["source & noise", "width & asked"])
    #expect(!names.contains { $0.contains("height") || $0.contains("called") })
    #expect(names.contains("days & source"))
    // In the form of curves none is searched.
    let only = try Training.model(text) {
      $0.form = .curves
      $0.validation = .none
      $0.interactions = [Interaction("called", "asked")]
    }
    #expect(only.pairs.map(\.name) == ["asked & called"])
    let json = try only.json()
    #expect(try LeadModel(json: json, path: "m.json") == only)
  }

  @Test("a column may be asked for and kept out of the search at once")
  func askedAndExcluded() throws {
    let found = try PlantedPairs.train(PlantedPairs.history(rows: 2500, seed: 6)) {
      $0.interactions = [Interaction("height", "width")]
      $0.withoutInteraction = ["height", "width", "asked", "days"]
    }.model
    #expect(found.pairs.map(\.name) == ["width & height"])
  }

  @Test("columns of options must be there, be features, and have groups")
  func wrongNames() throws {
    let text = PlantedPairs.history(rows: 300, seed: 6)
    func message(_ change: (inout TrainingOptions) -> Void) throws -> String {
      try #require(throws: TrainingError.self) { try PlantedPairs.train(text, change) }.description
    }
    #expect(
      try message { $0.interactions = [Interaction("widht", "days")] }
        .hasPrefix("there is no column \"widht\" for --interaction"))
    #expect(
      try message { $0.withoutInteraction = ["outcome"] }
        == "column \"outcome\" of --no-interaction cannot be used there: it holds the outcome")
    #expect(
      try message {
        $0.excluded = ["days"]
        $0.interactions = [Interaction("days", "width")]
      } == "column \"days\" of --interaction cannot be used there: excluded")
    #expect(
      try message {
        $0.directions = ["days": .up]
        $0.interactions = [Interaction("days", "width")]
      }.hasPrefix("\"days\" can have no effect together with another column (--interaction)"))
  }

  /// Leads of a date of creation and another, a campaign that only the newest have, and a source.
  private static func dated(rows: Int) -> String {
    var random = SplitMix(state: 41)
    var text = "created_at,seen,campaign,source,outcome\n"
    for row in 0..<rows {
      let created = 20_000 + Double(row) * 300 / Double(rows)
      let seen = Int(100 * random.unit())
      let source = ["web", "fair", "call"][Int(3 * random.unit())]
      let campaign = row * 10 < rows * 9 || random.unit() < 0.5 ? "none" : "spring"
      let eta = source == "fair" ? 0.03 * Double(seen - 50) : -0.03 * Double(seen - 50)
      let isMissing = random.unit() < 0.05
      let cells = [
        CalendarDay.text(created),
        isMissing ? "" : CalendarDay.text(created.rounded(.down) - Double(seen)), campaign, source,
        random.unit() < 1 / (1 + exp(-eta)) ? "won" : "lost",
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  @Test("a date is in pairs by its days before the day that counts, at training as in scoring")
  func dates() throws {
    let text = Self.dated(rows: 2000)
    let file = try MadeUpLeads.file(text)
    var options = TrainingOptions()
    options.form = .pairs
    options.validation = .none
    let set = try TrainingSet(file.table, options: options)
    let judged = try Judgement(set, options: options) { _ in }.fitted
    let model = try LeadTraining(on: file, options: options).model
    #expect(model.pairs.map(\.name) == ["seen & source"])
    #expect(model.dateReference == .column("created_at"))
    let logits = try MadeUpLeads.onDisk(text) { path in
      let stream = try LeadStream(path: path, options: ReadingOptions())
      let scorer = try LeadScorer(model, columns: stream.columnNames, file: path, day: 25_000)
      var logits: [Double] = []
      _ = try LeadFileScoring(scorer, stream: stream).run(
        render: { $0.logits }, consume: { logits += $0 })
      return logits
    }
    #expect(logits.count == 2000)
    for (logit, eta) in zip(logits, judged.fit.eta) { #expect(abs(logit - eta) < 1e-5) }
    let json = try model.json()
    #expect(try LeadModel(json: json, path: "m.json") == model)
  }

  @Test("a pair that older leads cannot have does not stop the test by time")
  func partial() throws {
    for pair in [Interaction("campaign", "source"), Interaction("seen", "campaign")] {
      let training = try Training.run(Self.dated(rows: 1200)) {
        $0.form = .pairs
        $0.validation = .time
        $0.interactions = [pair]
      }
      #expect(training.model.validation?.time != nil)
      #expect(training.model.pairs.contains { $0.name.contains("campaign") })
    }
  }

  @Test("below 200 leads of the rarer outcome no pair is searched, however strong")
  func fewEvents() throws {
    // Of these leads some 12 % convert.
    let rare = PlantedPairs.history(rows: 1500, seed: 8, level: -3.6)
    let model = try PlantedPairs.train(rare).model
    #expect(model.data.converted < 200 && model.data.converted > 100)
    #expect(model.pairs.isEmpty)
    let asked = try PlantedPairs.train(rare) {
      $0.interactions = [Interaction("width", "height")]
    }.model
    #expect(asked.pairs.map(\.name) == ["width & height"])
    // The same leads are enough where more of them convert.
    #expect(
      !(try PlantedPairs.train(PlantedPairs.history(rows: 1500, seed: 8)).model.pairs.isEmpty))
  }

  @Test("where nothing is planted at most 5 % of 40 histories have a pair")
  func nothing() throws {
    var found = 0
    for seed in 1...40 {
      let text = PlantedPairs.additive(rows: 2500, seed: UInt64(100 + seed))
      if !(try PlantedPairs.train(text).model.pairs.isEmpty) { found += 1 }
    }
    #expect(found <= 2, "\(found) of 40")
  }

  @Test("a file tells of no cell of fewer than ten leads")
  func privacy() throws {
    for (rows, seed) in [(2000, 21), (3000, 22)] {
      let text = PlantedPairs.history(rows: rows, seed: UInt64(seed))
      let file = try MadeUpLeads.file(text)
      var options = TrainingOptions()
      options.form = .pairs
      options.validation = .none
      options.interactions = [Interaction("width", "source"), Interaction("noise", "days")]
      let set = try TrainingSet(file.table, options: options)
      let judged = try Judgement(set, options: options) { _ in }.fitted
      let made = CurveTerms(
        judged.problem, coefficients: judged.fit.coefficients,
        inference: judged.inference,
        table: set.table)
      #expect(made.pairs.count >= 2)
      for (pair, encoding) in zip(made.pairs, judged.problem.pairs) {
        #expect(pair.leads.allSatisfy { $0 == 0 || $0 >= 10 })
        #expect(zip(pair.leads, encoding.leads).allSatisfy { $0 == $1 || ($0 == 0 && $1 < 10) })
        var sums = [Double](repeating: 0, count: encoding.coefficientCount + 1)
        for (code, leads) in zip(encoding.codes, encoding.leads) { sums[code] += leads }
        #expect(sums.dropFirst().allSatisfy { $0 >= 10 })
        // Cuts are nobody's own numbers.
        for axis in pair.axes {
          guard case .cuts(let cuts) = axis.groups.groups,
            case .numeric(let numbers)? = set.table[axis.field]?.values
          else { continue }
          #expect(cuts.allSatisfy { cut in !numbers.contains(cut) })
        }
      }
    }
  }
}
