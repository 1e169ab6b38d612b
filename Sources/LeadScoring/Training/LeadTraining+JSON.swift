extension LeadTraining: Encodable {
  private enum CodingKeys: String, CodingKey {
    case name, data, outcome, roles, form, formChoice, intercept, penalty, recalibration,
      validation,
      tiers, leftOut, remarks, features
  }

  /// A plain fit is encoded as its summary alone, with every name.
  public func encode(to encoder: any Encoder) throws {
    if let plainSummary { return try plainSummary.encode(to: encoder) }
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(model.name, forKey: .name)
    try values.encode(model.data, forKey: .data)
    try values.encode(model.outcome, forKey: .outcome)
    try values.encode(model.roles, forKey: .roles)
    try values.encode(model.form, forKey: .form)
    try values.encodeIfPresent(model.formChoice, forKey: .formChoice)
    try values.encodeIfPresent(model.recalibration, forKey: .recalibration)
    try values.encode(model.intercept, forKey: .intercept)
    try values.encode(model.penalty, forKey: .penalty)
    try values.encode(model.validation, forKey: .validation)
    try values.encode(model.tiers, forKey: .tiers)
    try values.encode(model.leftOut, forKey: .leftOut)
    try values.encode(remarks, forKey: .remarks)
    let features = model.terms.map { ["name": $0.name, "kind": $0.field.kind.rawValue] }
    try values.encode(features, forKey: .features)
  }
}
