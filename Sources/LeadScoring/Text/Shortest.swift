/// A number with the fewest digits that give it back, and without `.0` where it is whole.
public func shortest(_ number: Double) -> String {
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
