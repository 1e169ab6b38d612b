import StrictJSON

/// Values as JSON with sorted keys and exact numbers, for machines.
public enum JSONReport {
  /// The text of a value; a number that is not finite becomes a string.
  public static func text(_ value: some Encodable) throws -> String {
    JSONWriter(sortsKeys: true, isPretty: true)
      .text(of: try JSONValueEncoder.encode(value, notFinite: .words))
  }
}
