import FeatureEncoding
import LinearAlgebra
import Regression

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds the pairs of fields that say more together than alone, and fits them.
///
/// Pairs are screened on the residuals of the fit so far (`PairScreen`), the strongest few are added, all is fitted
/// again, and so on until none passes the bar.
struct PairSearch {
  /// Fields that are to have an effect together, by their positions, and those that may have none.
  struct Wishes: Sendable {
    var asked: [(first: Int, second: Int)] = []
    var excluded: Set<Int> = []
    /// Whether pairs that were not asked for are searched.
    var searches = true
    /// Whether pairs that are asked for, but have a field without groups, are passed over.
    var isPartial = false
  }

  /// The leads of the rarer outcome below which no pairs are searched.
  static let fewestEvents = 200.0
  /// The evidence that a pair must have, in nats, beyond the logarithm of how many were screened.
  static let bar = 3.0
  /// How many rounds of screening there are, and how many pairs one adds.
  static let (mostRounds, mostPairs) = (6, 4)
  /// The variance guessed of a cell, and of the difference of neighbors, in squared logits.
  static let (cell, neighbors) = (0.02, 0.02)

  private(set) var problem: LinearProblem
  private(set) var state: EvidenceState

  private let search: EvidenceSearch
  private let guessShare: Double
  /// The groups of each field, and the group of each row in them, where pairs are wished for.
  private var coarse: [CoarseEncoding?] = []
  private var codes: [[UInt8]] = []
  private let sample: [Int]?
  /// The rows that strengths come from.
  private var part: LogisticObjective

  /// - Parameters:
  ///   - state: The settled fit without pairs.
  ///   - sample: The rows that strengths come from, as positions; nil is all.
  ///   - guessShare: What guesses of variances are multiplied with.
  init(
    _ problem: LinearProblem, state: EvidenceState, part: LogisticObjective, sample: [Int]?,
    search: EvidenceSearch, guessShare: Double
  ) {
    self.problem = problem
    self.state = state
    self.search = search
    self.guessShare = guessShare
    self.sample = sample
    self.part = part
  }

  /// Adds the pairs that are asked for, then those that the screening finds.
  mutating func run(_ wishes: Wishes, _ set: TrainingSet) throws(TrainingError) {
    (coarse, codes) = try problem.groups(set, sample: sample)
    let fields = coarse.indices.filter { coarse[$0] != nil && !wishes.excluded.contains($0) }
    let isPossible = { [coarse] (pair: (first: Int, second: Int)) in
      coarse[pair.first] != nil && coarse[pair.second] != nil
    }
    if !wishes.isPartial, let pair = wishes.asked.first(where: { !isPossible($0) }) {
      let field = coarse[pair.first] == nil ? pair.first : pair.second
      throw .interaction(problem.encoder.fields[field].name)
    }
    let asked = wishes.asked.filter(isPossible)
    if !asked.isEmpty {
      try add(asked.map { (min($0.first, $0.second), max($0.first, $0.second)) })
    }
    guard wishes.searches, fields.count > 1, hasEnoughEvents else { return }
    let screen = PairScreen(
      codes: fields.map { codes[$0] }, groupCounts: fields.map { coarse[$0]?.groupCount ?? 0 })
    let all = screen.pairs
    let bar = Self.bar + log(Double(max(1, all.count)))
    for _ in 0..<Self.mostRounds {
      let known = Set(problem.pairs.map { [$0.first, $0.second] })
      let point = problem.objective.point(at: state.coefficients)
      let candidates = screen.candidates(
        all.filter { !known.contains([fields[$0.0], fields[$0.1]].sorted()) },
        residuals: point.residuals, curvature: point.curvature)
      var used = Set<Int>()
      var chosen: [(first: Int, second: Int)] = []
      // No field twice in a round: twins of a field would all bring the same surface.
      for candidate in candidates {
        guard candidate.gain >= bar, chosen.count < Self.mostPairs else { break }
        guard !used.contains(candidate.first), !used.contains(candidate.second) else { continue }
        used.formUnion([candidate.first, candidate.second])
        chosen.append((fields[candidate.first], fields[candidate.second]))
      }
      guard !chosen.isEmpty else { return }
      try add(chosen)
    }
  }

  /// Lets differences of neighbors count less the larger they are, when all pairs are there: found on smooth
  /// tables pairs are found more surely.
  mutating func sharpen() throws(TrainingError) {
    do throws(FitError) {
      state = try search.settle(part, from: state, sharpens: true)
    } catch { throw .fit(error) }
  }

  private var hasEnoughEvents: Bool {
    let objective = problem.objective
    let rate = objective.meanOutcome
    return min(rate, 1 - rate) * objective.totalWeight >= Self.fewestEvents
  }

  /// Adds pairs and fits all terms again.
  private mutating func add(_ chosen: [(first: Int, second: Int)]) throws(TrainingError) {
    let added = AddedPairs(
      chosen, to: problem, coarse: coarse, codes: codes, guessShare: guessShare)
    problem = problem.adding(added.encodings, added.blocks)
    part =
      sample.map { sample in part.appending(added.blocks.map { $0.rows(sample) }) }
      ?? problem.objective
    do throws(FitError) {
      state = try search.settle(part, from: state.adding(added.terms))
    } catch { throw .fit(error) }
  }
}

extension LinearProblem {
  /// The groups of each field that can be in a pair, and the group of each row in them.
  ///
  /// - Parameter sample: The rows that cuts of numbers come from, as positions; nil is all.
  func groups(
    _ set: TrainingSet, sample: [Int]?
  ) throws(TrainingError) -> (coarse: [CoarseEncoding?], codes: [[UInt8]]) {
    let learned = sample.map(rows.keeping) ?? rows
    do throws(EncodingError) {
      let coarse = try encoder.coarse(set.table, rows: learned.rows, weights: learned.weights)
      return (coarse, try encoder.coarseCodes(coarse, set.table, rows: rows.rows))
    } catch { throw .encoding(error) }
  }
}

/// Pairs of fields that are added to a problem, with their blocks and penalties.
struct AddedPairs {
  private(set) var encodings: [PairEncoding] = []
  private(set) var blocks: [LevelBlock] = []
  private(set) var terms: [EvidenceTerm] = []

  /// - Parameters:
  ///   - chosen: The fields of each pair, by their positions; a pair that has no groups, or tells nothing, is passed over.
  ///   - coarse: The groups of each field.
  ///   - codes: The group of each row in them.
  ///   - guessShare: What guesses of variances are multiplied with.
  init(
    _ chosen: [(first: Int, second: Int)], to problem: LinearProblem, coarse: [CoarseEncoding?],
    codes: [[UInt8]], guessShare: Double
  ) {
    var offset = problem.objective.design.columnCount
    for (first, second) in chosen {
      guard let rows = coarse[first], let columns = coarse[second] else { continue }
      let pair = PairEncoding(
        first: first, second: second, rows: rows, columns: columns,
        codes: (codes[first], codes[second]), weights: problem.rows.weights)
      guard pair.coefficientCount > 0 else { continue }
      encodings.append(pair)
      blocks.append(pair.block(first: codes[first], second: codes[second]))
      terms.append(
        EvidenceTerm(
          columns: offset..<offset + pair.coefficientCount,
          squares: guessShare * PairSearch.cell,
          edges: pair.edges(from: offset), differences: guessShare * PairSearch.neighbors))
      offset += pair.coefficientCount
    }
  }
}
