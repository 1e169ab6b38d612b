/// The words for outcomes that CRM systems write, in English and German.
enum OutcomeWords {
  static let defaults: [LeadOutcome: [String]] = [
    .converted: [
      "converted", "won", "closed won", "closed-won", "closedwon", "deal won", "customer", "sold",
      "signed", "yes", "y", "true", "t", "1", "success", "accepted", "gewonnen", "abgeschlossen",
      "kunde", "konvertiert", "auftrag", "ja", "j", "wahr",
    ],
    .lost: [
      "lost", "closed lost", "closed-lost", "closedlost", "deal lost", "no", "n", "false", "f", "0",
      "not converted", "rejected", "disqualified", "unqualified", "declined", "verloren",
      "abgelehnt",
      "abgesagt", "nicht konvertiert", "kein interesse", "nein", "falsch",
    ],
    .churned: [
      "churned", "churn", "cancelled", "canceled", "terminated", "refunded", "left", "gekündigt",
      "gekuendigt", "abgewandert", "storniert", "ehemaliger kunde",
    ],
    .open: [
      "open", "new", "in progress", "working", "pending", "contacted", "nurturing", "negotiation",
      "offen", "neu", "in bearbeitung", "laufend", "kontaktiert", "wartend",
    ],
  ]

  /// A word as it is compared: trimmed and in lower case; a number by its value, as 1.0 and 1 are one.
  static func folded(_ word: String) -> String {
    let text = word.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard text.first?.isNumber == true, let number = Double(text.replacing(",", with: ".")),
      number.isFinite
    else { return text }
    return shortest(number)
  }
}
