/// Storage of which each job writes elements of its own, so that no two threads meet.
@safe struct DisjointRows: @unchecked Sendable {
  let base: UnsafeMutablePointer<Double>?

  /// - Precondition: the buffer outlives the jobs.
  @unsafe init(_ buffer: UnsafeMutableBufferPointer<Double>) { unsafe base = buffer.baseAddress }
}
