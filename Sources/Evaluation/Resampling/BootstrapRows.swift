import CKernels

/// Leads sorted by score and laid out for drawing: each draw is one pass over them.
///
/// They are dealt to lanes, a run of neighbors each, so that a processor takes the next row of all
/// lanes at once; what a lane cannot know of those before it is added when all are done.
struct BootstrapRows: Sendable {
  /// What one draw gives; nil where it holds no leads, or none of one outcome.
  struct Sample: Equatable {
    let areaUnderCurve: Double?
    let logLoss: Double?
  }

  private static let lanes = Int(WINNOW_BOOTSTRAP_LANES)

  private let steps: Int
  private var marks: [UInt8]
  private var losses: [Double]

  /// Whether a new score begins in each lane.
  private var beginsScore = [Bool](repeating: false, count: lanes)

  /// Lays out leads, each as often as its weight says.
  ///
  /// - Throws: `EvaluationError.undrawableWeights`.
  init(_ groups: ScoreGroups) throws(EvaluationError) {
    func isWhole(_ count: Double) -> Bool { count == count.rounded() }
    guard groups.leadCount <= 1e9, groups.positives.allSatisfy(isWhole),
      groups.negatives.allSatisfy(isWhole)
    else { throw .undrawableWeights }
    steps = (Int(groups.leadCount) + Self.lanes - 1) / Self.lanes
    marks = [UInt8](repeating: 0, count: steps * Self.lanes)
    losses = [Double](repeating: 0, count: marks.count)
    var rank = 0
    for index in groups.scores.indices {
      let first = rank
      for (count, converted) in [(groups.negatives[index], false), (groups.positives[index], true)]
      where count > 0 {
        let loss = LogisticFunction.loss(
          groups.scores[index], groups.scale, converted: converted)
        for _ in 0..<Int(count) {
          place(rank, converted: converted, loss: loss.isFinite ? loss : 0, scoreFrom: first)
          rank += 1
        }
      }
    }
  }

  /// Puts the row of a rank in its place; `first` is the rank at which its score begins.
  private mutating func place(_ rank: Int, converted: Bool, loss: Double, scoreFrom first: Int) {
    let (lane, step) = rank.quotientAndRemainder(dividingBy: steps)
    var mark = converted ? WINNOW_ROW_CONVERTED : WINNOW_ROW_LOST
    if rank == first {
      mark |= WINNOW_ROW_FIRST
      beginsScore[lane] = true
    } else if first < lane * steps {
      mark |= WINNOW_ROW_HEAD
    }
    marks[step * Self.lanes + lane] = UInt8(mark)
    losses[step * Self.lanes + lane] = loss
  }

  /// The measures of one draw.
  func sample(_ draw: Int, seed: UInt64) -> Sample {
    var sums = [Double](repeating: 0, count: Int(WINNOW_BOOTSTRAP_SUMS) * Self.lanes)
    unsafe winnow_bootstrap_add(
      winnow_bootstrap_key(seed, UInt64(draw)), 0, steps, marks, losses, &sums)
    func sum(_ kind: Int, _ lane: Int) -> Double { sums[kind * Self.lanes + lane] }

    var (converted, lost, twiceWins, loss) = (0.0, 0.0, 0.0, 0.0)
    // The lost leads before the score that the lane's first rows have.
    var below = 0.0
    for lane in 0..<Self.lanes {
      let (inLane, inHead) = (sum(WINNOW_SUM_CONVERTED, lane), sum(WINNOW_SUM_HEAD, lane))
      twiceWins += sum(WINNOW_SUM_WINS, lane)
      twiceWins += 2 * lost * (inLane - inHead) + (lost + below) * inHead
      if beginsScore[lane] { below = lost + sum(WINNOW_SUM_LOST_BELOW, lane) }
      converted += inLane
      lost += sum(WINNOW_SUM_LOST, lane)
      loss += sum(WINNOW_SUM_LOSS, lane)
    }
    let leads = converted + lost
    return Sample(
      areaUnderCurve: converted > 0 && lost > 0 ? twiceWins / 2 / converted / lost : nil,
      logLoss: leads > 0 ? loss / leads : nil)
  }

  /// How often each lead counts in a draw, from the lowest score to the highest; lost leads come
  /// before converted ones of the same score.
  func weights(_ draw: Int, seed: UInt64) -> [Double] {
    var dealt = [Double](repeating: 0, count: marks.count)
    unsafe winnow_bootstrap_weights(winnow_bootstrap_key(seed, UInt64(draw)), 0, steps, &dealt)
    return (0..<marks.count).compactMap { rank in
      let (lane, step) = rank.quotientAndRemainder(dividingBy: steps)
      return marks[step * Self.lanes + lane] == 0 ? nil : dealt[step * Self.lanes + lane]
    }
  }
}
