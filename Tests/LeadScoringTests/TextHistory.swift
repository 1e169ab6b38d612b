import Foundation

/// Seeded histories whose outcomes hang on words of titles, or on entries of lists.
enum TextHistory {
  static let ranks = ["VP", "Head", "Manager", "Assistant", "Director", "Intern"]
  static let subjects = ["Marketing", "Sales", "IT", "Finance", "Data", "Support", "Legal"]

  /// What a title adds to the logit: the sum of what its words add.
  static func effect(ofTitle title: String) -> Double {
    let effects = [
      "VP": 1.5, "Head": 1.0, "Assistant": -0.8, "Intern": -1.8, "Marketing": 0.8, "IT": -0.6,
      "Legal": -1.0,
    ]
    return title.split { !$0.isLetter }.reduce(0) { $0 + (effects[String($1)] ?? 0) }
  }

  /// A title in one of many spellings, so that most titles are rare.
  static func title(_ random: inout SplitMix) -> String {
    func pick(_ words: [String]) -> String { words[Int(random.unit() * Double(words.count))] }
    let (rank, subject, other) = (pick(ranks), pick(subjects), pick(subjects))
    let area = pick(["", " Europe", " Global", " APAC", " DACH", " Online", " Retail"])
    return pick([
      "\(rank) of \(subject)\(area)", "\(subject) \(rank)\(area)", "\(rank), \(subject)\(area)",
      "\(rank) \(subject) & \(other)\(area)", "\(subject)/\(other) \(rank)\(area)",
      "\(rank) \(subject)\(area)",
    ])
  }

  /// Leads with a title, a size and an outcome; a title may be missing.
  static func titles(rows: Int, seed: UInt64, weighted: Bool = false) -> String {
    var random = SplitMix(state: seed)
    var text = "job_title,size,outcome" + (weighted ? ",copies" : "") + "\n"
    for row in 0..<rows {
      let title = random.unit() < 0.05 ? "" : title(&random)
      let size = 10 + 90 * random.unit()
      let eta = effect(ofTitle: title) + 0.01 * size - 0.8
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      text += "\"\(title)\",\(String(format: "%.2f", size)),\(isWon ? "won" : "lost")"
      text += weighted ? ",\(1 + row % 2)\n" : "\n"
    }
    return text
  }

  /// Every entry of interests, and what it adds to the logit.
  static let interests: KeyValuePairs = [
    "CRM": 1.2, "E-Mail": -0.8, "Web": 0.0, "Data": 0.6, "Support": -1.2, "Events": 0.3,
  ]

  /// Leads with a list of interests, which may be empty, a size and an outcome.
  static func lists(rows: Int, seed: UInt64, separator: String = "; ") -> String {
    var random = SplitMix(state: seed)
    var text = "interests,size,outcome\n"
    for row in 0..<rows {
      var chosen = interests.filter { _ in random.unit() < 0.35 }.map(\.key)
      if random.unit() < 0.5 { chosen.reverse() }
      if row % 400 == 3 { chosen.append("Rare \(row)") }
      let eta =
        interests.reduce(-0.2) { $0 + (chosen.contains($1.key) ? $1.value : 0) }
        + (chosen.isEmpty ? -0.7 : 0)
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      text += "\"\(chosen.joined(separator: separator))\","
      text += "\(Int(100 * random.unit())),\(isWon ? "won" : "lost")\n"
    }
    return text
  }

  /// A text without the quotes around cells that need none, and the rows of weight two given twice.
  static func repeatingWeights(of text: String) -> String {
    let lines = text.split(separator: "\n").map(String.init)
    var rows: [String] = []
    for line in lines.dropFirst() {
      let cut = line.lastIndex(of: ",") ?? line.endIndex
      let row = String(line[..<cut])
      rows += Array(repeating: row, count: Int(line[line.index(after: cut)...]) ?? 1)
    }
    let header = lines[0].split(separator: ",").dropLast().joined(separator: ",")
    return ([header] + rows).joined(separator: "\n") + "\n"
  }
}
