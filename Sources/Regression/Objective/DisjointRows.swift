/// Storage of which each job writes elements of its own, so that no two threads meet.
@safe struct DisjointRows: @unchecked Sendable {
  let base: UnsafeMutablePointer<Double>?

  /// - Precondition: the buffer outlives the jobs.
  @unsafe init(_ buffer: UnsafeMutableBufferPointer<Double>) { unsafe base = buffer.baseAddress }
}

/// Storage that jobs read, without each counting that it does.
@safe struct ReadRows: @unchecked Sendable {
  let base: UnsafePointer<Double>?

  /// Gives a body the elements of an array, which hold until it returns; none of nil.
  static func with<Result>(_ rows: [Double]?, _ body: (ReadRows) -> Result) -> Result {
    guard let rows else { return unsafe body(ReadRows(base: nil)) }
    return unsafe rows.withUnsafeBufferPointer { unsafe body(ReadRows(base: $0.baseAddress)) }
  }
}
