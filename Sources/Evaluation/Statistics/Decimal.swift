/// A number with a fixed number of places behind the point, for sentences.
///
/// Halves are rounded away from zero, by the digits of the double itself.
package func decimal(_ value: Double, _ places: Int) -> String {
  guard value.isFinite else {
    return value.isNaN ? "unknown" : value < 0 ? "-infinity" : "infinity"
  }
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 0x1p53 else { return "\(value)" }
  let digits = String(Int(scaled))
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard places > 0 else { return sign + digits }
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
  return sign + padded.dropLast(places) + "." + padded.suffix(places)
}
