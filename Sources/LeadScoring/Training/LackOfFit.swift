import FeatureEncoding
import LinearAlgebra
import Parallelism
import Regression
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a fit of lines leaves over: whether a field, or two together, say more of leads than its lines and levels do.
///
/// Score tests: what residuals and curvatures of the one fit sum to, in groups of what richer forms could tell apart, is
/// evidence for an effect of these groups or against it (`LevelScreen`, `PairScreen`), and no richer form is fitted for it.
/// Looked at are the values of numbers and dates, levels, words and entries of categories, parts of dates, and the
/// pairs of fields that `PairSearch` would look at first.
struct LackOfFit {
  /// The evidence, in nats, of what says most beyond lines, less the logarithm of how many of its kind were looked at.
  let largest: Double

  /// The evidence from which on richer forms are worth fitting.
  static let bar = PairSearch.bar

  /// Whether something says more than lines.
  var isFound: Bool { largest > Self.bar }

  /// - Parameter fitted: Lines, fitted to some leads.
  init(
    _ fitted: FormFit, _ set: TrainingSet, options: TrainingOptions
  ) throws(TrainingError) {
    let problem = fitted.problem
    let point = problem.objective.point(at: fitted.fit.coefficients)
    guard DatePartSearch.fields(problem, set, at: point).isEmpty else {
      largest = .infinity
      return
    }
    let wishes = try options.wishes(for: problem.encoder, form: .pairs, isPartial: true)
    do throws(EncodingError) {
      let groups = try problem.encoder.groups(
        set.table, rows: problem.rows.rows, weights: problem.rows.weights)
      let fields =
        try Self.numbers(groups.map(\.fine), problem, set, at: point)
        + Self.levels(problem, at: point) + Self.words(problem, set, at: point)
      let pairs = try Self.pairs(
        groups.map(\.coarse), problem, set, at: point, excluded: wishes?.excluded ?? [])
      largest = max(Self.largest(fields), Self.largest(pairs))
    } catch { throw .encoding(error) }
  }

  /// The largest of some gains, less the logarithm of how many there are.
  private static func largest(_ gains: [Double]) -> Double {
    gains.reduce(-.infinity) { max($0, $1) } - log(Double(max(1, gains.count)))
  }

  /// The gains of values of numbers and dates beyond their lines.
  private static func numbers(
    _ groups: [CoarseEncoding?], _ problem: LinearProblem, _ set: TrainingSet,
    at point: LogisticObjective.Point
  ) throws(EncodingError) -> [Double] {
    let codes = try problem.encoder.coarseCodes(groups, set.table, rows: problem.rows.rows)
    let (residuals, curvature) = (point.residuals, point.curvature)
    return Parallel.map(groups.count) { field -> Double? in
      guard let count = groups[field]?.groupCount else { return nil }
      let sums = LevelScreen.sums(
        codes[field], count: count, residuals: residuals, curvature: curvature)
      // The last group is of missing values, which have an effect of their own in lines too.
      return LevelScreen.gain(
        ofOrdered: sums.residuals.dropLast(), curvature: sums.curvature.dropLast(), fewest: widest)
    }.compactMap { $0 }
  }

  /// The groups of a number that are not joined any more.
  private static let widest = 6

  /// The gains of levels beyond what the one penalty of lines left them.
  private static func levels(
    _ problem: LinearProblem, at point: LogisticObjective.Point
  ) -> [Double] {
    let layout = problem.encoder.layout
    let ranges = problem.encoder.fields.enumerated().compactMap { index, field in
      if case .category = field.rule { layout[index, .levels] } else { nil }
    }
    return gains(of: ranges, problem.objective.design, at: point)
  }

  /// The gains of words and entries of categories that curves would look into.
  private static func words(
    _ problem: LinearProblem, _ set: TrainingSet, at point: LogisticObjective.Point
  ) throws(EncodingError) -> [Double] {
    let names = problem.encoder.fields.compactMap { field in
      if case .category = field.rule { field.name } else { nil }
    }
    guard !names.isEmpty else { return [] }
    let rows = problem.rows
    let rich: FeatureEncoder
    do throws(EncodingError) {
      rich = try FeatureEncoder(
        learning: set.table, columns: names, rows: rows.rows, weights: rows.weights,
        form: .curves(knots: LinearProblem.knots), lists: set.lists,
        dateReference: problem.encoder.dateReference)
    } catch .noFeatures {
      // Their words or entries alone tell no leads apart, though other columns may.
      return []
    }
    let fields = rich.fields.filter { $0.coefficientCount(of: .sets) > 0 }
    guard !fields.isEmpty else { return [] }
    let encoder = FeatureEncoder(fields: fields, dateReference: rich.dateReference)
    return gains(
      of: encoder.fields.indices.map { encoder.layout[$0, .sets] },
      try encoder.encode(set.table, rows: rows.rows), at: point)
  }

  /// The gains of ranges of columns of 0 and 1.
  private static func gains(
    of ranges: [Range<Int>], _ design: DesignMatrix, at point: LogisticObjective.Point
  ) -> [Double] {
    let sums = design.transposedTimes(point.residuals)
    let weights = design.transposedTimes(point.curvature)
    return ranges.map {
      LevelScreen.gain(residuals: Array(sums[$0]), curvature: Array(weights[$0]))
    }
  }

  /// The gains of pairs of fields.
  private static func pairs(
    _ groups: [CoarseEncoding?], _ problem: LinearProblem, _ set: TrainingSet,
    at point: LogisticObjective.Point, excluded: Set<Int>
  ) throws(EncodingError) -> [Double] {
    let fields = groups.indices.filter { groups[$0] != nil && !excluded.contains($0) }
    let codes = try problem.encoder.coarseCodes(groups, set.table, rows: problem.rows.rows)
    let screen = PairScreen(
      codes: fields.map { codes[$0] }, groupCounts: fields.map { groups[$0]?.groupCount ?? 0 })
    return screen.candidates(
      screen.pairs, residuals: point.residuals, curvature: point.curvature
    ).map(\.gain)
  }
}
