/// Tells a person that a model is too good to be true.
enum LeakRemark {
  /// The area under the curve from which leads count as foretold almost without error.
  static let suspicious = 0.99

  /// A sentence, or nil where nothing is suspicious.
  static func line(_ model: LeadModel) -> String? {
    guard let metrics = model.validation?.folds?.metrics ?? model.validation?.time?.metrics,
      let area = metrics.areaUnderCurve?.value, area >= suspicious,
      let strongest = model.terms.max(by: { $0.spread < $1.spread })
    else { return nil }
    return
      "leads are foretold almost without error, which is rarely true: is a column among the features "
      + "that is known only after the outcome? the strongest is \"\(strongest.name)\"; leave such a column "
      + "out with --exclude"
  }
}
