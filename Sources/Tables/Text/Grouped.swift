/// A count with commas between thousands: `1,000,000`.
package func grouped(_ count: Int) -> String {
  let digits = String(count.magnitude)
  var text = count < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return text
}
