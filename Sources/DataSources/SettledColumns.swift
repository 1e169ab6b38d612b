import Synchronization

/// Columns whose further cells change nothing.
final class SettledColumns: Sendable {
  private let flags: Mutex<[Bool]>

  init(count: Int) { flags = Mutex([Bool](repeating: false, count: count)) }

  func add(_ column: Int) { flags.withLock { $0[column] = true } }

  /// Plans without those that read settled columns.
  func reduced(_ plans: [ColumnPlan]) -> [ColumnPlan] {
    let settled = flags.withLock { $0 }
    return zip(plans, settled).map { plan, isSettled in
      if isSettled, plan != .texts { .nothing } else { plan }
    }
  }
}
