/// What became of a column's cells that training had not prepared for.
public struct CellCounts: Equatable, Sendable {
  /// The leads scored.
  public var leads = 0

  /// The cells without a value.
  public var missing = 0

  /// The cells with a level that the model does not name.
  public var unseen = 0

  /// The numbers farther outside the range of training than its whole width.
  public var farOutside = 0

  mutating func add(_ other: CellCounts) {
    leads += other.leads
    missing += other.missing
    unseen += other.unseen
    farOutside += other.farOutside
  }
}
