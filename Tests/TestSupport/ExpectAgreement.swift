import Testing

/// Expects each number to differ from its reference by at most a share of the reference's size.
///
/// Where a reference is 0, `relativeTolerance` itself is the largest difference.
public func expectAgreement(
  _ found: [Double], _ expected: [Double], relativeTolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == expected.count, sourceLocation: sourceLocation)
  for (index, (value, reference)) in zip(found, expected).enumerated() {
    let bound = relativeTolerance * (reference == 0 ? 1 : abs(reference))
    #expect(
      abs(value - reference) <= bound,
      "element \(index): \(value) should be \(reference) within \(bound)",
      sourceLocation: sourceLocation)
  }
}
