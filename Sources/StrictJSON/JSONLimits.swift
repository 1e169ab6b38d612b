/// What a reader of JSON puts up with; the defaults suit a file from somebody else.
public struct JSONLimits: Sendable, Equatable {
  /// How deep arrays and objects may be nested, 1 to 1,000.
  public var depth: Int

  /// The most bytes that are read.
  public var bytes: Int

  /// Whether an object with the same key twice is an error; otherwise the last one counts.
  public var rejectsDuplicateKeys: Bool

  /// Creates limits.
  ///
  /// - Precondition: `depth` is 1 to 1,000: a value is taken apart recursively when it is freed.
  public init(depth: Int = 64, bytes: Int = 1 << 30, rejectsDuplicateKeys: Bool = false) {
    precondition((1...1000).contains(depth), "the depth is 1 to 1,000")
    self.depth = depth
    self.bytes = bytes
    self.rejectsDuplicateKeys = rejectsDuplicateKeys
  }
}
