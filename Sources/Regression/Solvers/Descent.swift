import LinearAlgebra

/// A place on the way down to a minimum, with the Hessian that steps from there are computed by.
struct Descent {
  let objective: LogisticObjective
  private(set) var point: LogisticObjective.Point
  /// The last Hessian that was computed or handed over.
  private(set) var hessian: Hessian
  /// Whether the Hessian is that of the point itself.
  private(set) var isExact: Bool
  private(set) var gramPasses = 0
  private(set) var gradientPasses = 1
  private var secants = SecantPairs()
  /// What the Hessian was made of at the start, for one that is made of it after the first step.
  private var sample: SampledCurvature?

  /// Starts at coefficients (p) with the curvature of a sample of the rows.
  ///
  /// Where it asks for the sums of all rows' curvatures it gets them at the start and once more after the first step, which
  /// moves rare levels most. They cost half a gradient.
  init(
    _ objective: LogisticObjective, from start: [Double], sample: SampledCurvature
  ) throws(FitError) {
    var terms = LossTerms(predictorsOf: objective.design.rowCount)
    let sums = terms.move(
      along: start, fromZero: true, of: objective.design, outcomes: objective.outcomes,
      weights: objective.weights, curvatures: sample.wantsSums)
    let point = objective.point(at: start, terms: terms, pull: sums[0])
    let hessian: Hessian
    do throws(FactorizationError) {
      hessian = try sample.hessian(
        sums: sample.wantsSums ? sums[1] : nil, penalty: objective.penalty)
    } catch { throw .singularHessian(error) }
    try self.init(objective, at: point, reusing: hessian)
    if sample.wantsSums { self.sample = sample }
  }

  /// Starts at coefficients (p), with predictors (n) and a Hessian from elsewhere where there are any.
  init(
    _ objective: LogisticObjective, from start: [Double], eta: [Double]? = nil,
    reusing known: Hessian?
  ) throws(FitError) {
    try self.init(
      objective, at: objective.passingPoint(at: start, eta: eta), reusing: known)
  }

  private init(
    _ objective: LogisticObjective, at point: LogisticObjective.Point, reusing known: Hessian?
  ) throws(FitError) {
    self.objective = objective
    self.point = point
    isExact = known == nil
    if let known {
      hessian = known
    } else {
      hessian = try Self.hessian(of: objective, at: point)
      gramPasses = 1
    }
  }

  /// Computes the Hessian anew.
  mutating func refresh() throws(FitError) {
    hessian = try Self.hessian(of: objective, at: point)
    gramPasses += 1
    isExact = true
    sample = nil
    secants.removeAll()
  }

  /// Computes the Hessian anew, with a penalty on every column that the objective does not have, so that
  /// directions without curvature become long steps.
  mutating func refresh(damping: Double) throws(FitError) {
    do {
      hessian = try Hessian(
        information: Self.information(of: objective, at: point),
        penalty: QuadraticPenalty(
          squares: objective.penalty.squares.map { $0 + damping },
          differences: objective.penalty.differences, levels: objective.penalty.levels))
    } catch {
      throw .singularHessian(error)
    }
    gramPasses += 1
    isExact = false
    secants.removeAll()
  }

  private static func hessian(
    of objective: LogisticObjective, at point: LogisticObjective.Point
  ) throws(FitError) -> Hessian {
    do throws(FactorizationError) {
      return try Hessian(
        information: information(of: objective, at: point), penalty: objective.penalty)
    } catch {
      throw .singularHessian(error)
    }
  }

  /// X'WX at a point, whose curvatures are kept for no longer.
  private static func information(
    of objective: LogisticObjective, at point: LogisticObjective.Point
  ) -> GramMatrix {
    objective.design.gram(
      weights: LogisticLoss.curvatures(point.eta, weights: objective.weights))
  }

  /// The step to the minimum of the quadratic model, and the squared Newton decrement.
  func direction() -> (step: [Double], squaredDecrement: Double) {
    let downhill = point.gradient.map { -$0 * objective.totalWeight }
    let step = secants.solve(downhill) { hessian.solve($0) }
    return (step, dot(step, downhill))
  }

  /// Goes along a direction (p) so short that neither the objective nor its gradient is asked for after it.
  mutating func finish(along direction: [Double]) {
    var coefficients = point.coefficients
    add(1, direction, to: &coefficients)
    var terms = takeTerms()
    terms.shift(along: direction, of: objective.design)
    point = LogisticObjective.Point(
      coefficients: coefficients, value: point.value, gradient: point.gradient, terms: terms)
    isExact = false
  }

  /// Goes along a direction (p) whose slope is `-decrease`, and says whether it came down.
  mutating func advance(along direction: [Double], decrease: Double) -> Bool {
    let search = LineSearch(objective, from: point, along: direction, decrease: decrease)
    var terms = takeTerms()
    guard let found = search.run(moving: &terms, curvatures: sample != nil) else {
      point.terms = terms
      return false
    }
    let step = found.step
    var coefficients = point.coefficients
    add(step, direction, to: &coefficients)
    let before = point.gradient
    point = objective.point(at: coefficients, terms: terms, pull: found.pull)
    gradientPasses += 1
    isExact = false
    if let sample, let sums = found.curvatures,
      let next = try? sample.hessian(sums: sums, penalty: objective.penalty)
    {
      // The change of the gradient over so long a step is less like that at its end.
      hessian = next
      secants.removeAll()
    } else {
      secants.append(
        step: direction.map { step * $0 },
        change: zip(point.gradient, before).map { ($0 - $1) * objective.totalWeight })
    }
    sample = nil
    return true
  }

  /// The point's terms, to be changed where they are; a point with them follows.
  private mutating func takeTerms() -> LossTerms {
    var terms = LossTerms.none
    swap(&terms, &point.terms)
    return terms
  }
}
