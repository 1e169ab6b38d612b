/// Parts of made-up company names, with the commas, quotes and umlauts that real ones have.
enum CompanyName {
  static let beginnings = [
    "Al", "Bor", "Cal", "Dan", "El", "Fal", "Gor", "Hel", "Il", "Jor", "Kal", "Lor", "Mer", "Nor",
    "Or", "Pel", "Quin", "Rol", "Sol", "Tor", "Ul", "Ver", "Wal", "Yor",
  ]
  static let middles = [
    "bex", "cor", "dema", "fino", "gard", "hold", "kera", "lite", "mund", "nova", "pora", "rex",
    "sanda", "tec", "vita", "zon",
  ]
  static let trades = [
    " Systems", " Foods", " Metals", " Textiles", " Optics", " Logistics", " Health", " Motors",
    " Paper", " Analytics", " Tools", " Garden", " Marine", " Plastics", " Energy", " Studios",
  ]
  static let forms = [
    " GmbH", ", Inc.", " Ltd", " AG", ", LLC", " \"Group\"", " & Söhne, GmbH", " S.à r.l.",
  ]

  /// The number of different names.
  static let count = beginnings.count * middles.count * trades.count * forms.count

  /// The parts of a name from its number.
  static func parts(_ number: Int) -> (beginning: Int, middle: Int, trade: Int, form: Int) {
    let form = number % forms.count
    let trade = number / forms.count % trades.count
    let middle = number / (forms.count * trades.count) % middles.count
    return (number / (forms.count * trades.count * middles.count), middle, trade, form)
  }

  /// A name from its number, 0 up to but not including `count`.
  static func text(_ number: Int) -> String {
    let part = parts(number)
    return beginnings[part.beginning] + middles[part.middle] + trades[part.trade]
      + forms[part.form]
  }
}
