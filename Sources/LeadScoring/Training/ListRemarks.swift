import FeatureEncoding

/// Tells a person which columns are read as lists.
enum ListRemarks {
  static func lines(_ encoder: FeatureEncoder) -> [String] {
    encoder.fields.compactMap { field in
      guard case .list(let encoding) = field.rule else { return nil }
      return
        "column \"\(field.name)\" is read as a list: its cells hold several values with \"\(encoding.separator)\" "
        + "between; say --kind \"\(field.name)=category\" if a cell is one value"
    }
  }
}
