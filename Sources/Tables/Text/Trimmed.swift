/// A text without blanks at its ends: white space, unless it is said otherwise.
package func trimmed(
  _ text: some StringProtocol, where isBlank: (Character) -> Bool = \.isWhitespace
) -> String {
  guard let first = text.firstIndex(where: { !isBlank($0) }),
    let last = text.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(text[first...last])
}
