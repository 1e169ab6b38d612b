/// A word of the simulated CRM in its two languages.
struct Word: Sendable {
  let english: String
  let german: String

  init(_ english: String, _ german: String) {
    self.english = english
    self.german = german
  }

  /// A name that is the same in both languages.
  init(same text: String) { self.init(text, text) }

  /// The word in one of the languages.
  func text(german isGerman: Bool) -> String { isGerman ? german : english }

  /// How a level is called that no history holds.
  var asUnseen: Word { Word("New " + english, "Neu " + german) }
}
