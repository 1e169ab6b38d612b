/// Whether leads of a comparison were among those that a model learned from.
public enum DataOverlap {
  /// The warnings for a history on which a model is judged, a sentence each.
  ///
  /// A model holds nobody's rows, so only the file's fingerprint and the window of time can tell.
  /// - Parameters:
  ///   - name: How the model is called in the sentence.
  ///   - from: The oldest day of creation in the history, as in 2026-11-23, if known.
  ///   - to: The newest.
  public static func warnings(
    _ model: LeadModel, called name: String, sha256: String?, from: String?, to: String?
  ) -> [String] {
    if model.data.sha256 == sha256 {
      return [
        "\(name) was trained on this very file: what it shows of \(name) flatters it; judge on leads that it has not seen"
      ]
    }
    // Days as in 2026-11-23 sort as text.
    if let from, let to, let oldest = model.data.from, let newest = model.data.to, from <= newest,
      oldest <= to
    {
      return [
        "\(name) learned from leads created from \(oldest) to \(newest), and these were created from "
          + "\(from) to \(to): some may be the same; judge on newer leads"
      ]
    }
    return []
  }
}
