import Synchronization

/// What the blocks that were taken over so far tell of columns, for those who read the next ones.
final class ColumnsSoFar: Sendable {
  /// How a column of a block is to be read.
  struct Order: Sendable {
    var plan: ColumnPlan
    /// Words that have numbers already; nil for none.
    var known: KnownWords?
  }

  private struct State {
    /// Whether further cells change nothing.
    var isSettled = false
    var known: KnownWords?
  }

  private let states: Mutex<[State]>

  init(count: Int) { states = Mutex([State](repeating: State(), count: count)) }

  /// Says that further cells of a column change nothing.
  func settle(_ column: Int) { states.withLock { $0[column].isSettled = true } }

  /// Says which words of a column have numbers: in the order of these.
  func tell(_ words: KnownWords, of column: Int) { states.withLock { $0[column].known = words } }

  /// Plans without those that read settled columns, and what is known of each.
  func orders(_ plans: [ColumnPlan]) -> [Order] {
    let states = states.withLock { $0 }
    return zip(plans, states).map { plan, state in
      Order(
        plan: state.isSettled && plan != .texts ? .nothing : plan, known: state.known)
    }
  }
}
