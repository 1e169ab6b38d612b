import FeatureEncoding
import Regression

/// The penalties of an encoder's columns: which share one, and what is thought of them before.
struct EvidenceTerms: Sendable {
  /// A penalty, and what it is of.
  struct Entry: Sendable {
    let field: String
    let part: TermPenalty.Part
    let term: EvidenceTerm
  }

  let entries: [Entry]

  /// The variances guessed, in squared logits: of a line, a text level or a missing value; of a number's
  /// level; of a curve from end to end.
  ///
  /// That of a word is a coefficient's over the words that a lead has.
  private static let (coefficient, level, curve) = (0.1, 0.02, 0.1)

  /// The columns up to which every line and level is thought to tell something.
  ///
  /// Of many columns most tell nothing, and each would keep some of its noise: the prior lets no variance fall far
  /// below its guess. So beyond this number any term may be silent, guesses are held more firmly, and those of pairs fall
  /// with the third power of the columns. Found on simulated histories of 85 columns and a rare event (docs/numbers.md).
  static let usualColumns = 30.0

  /// How many times the usual number of columns there are; 1 up to it.
  let crowd: Double

  /// How many coefficients a guess is worth (`EvidenceSearch.priorStrength`).
  var priorStrength: Double { 2 * min(3, crowd) }

  /// What is thought of terms that tell nothing, where columns are many; nil where all are thought to tell something.
  ///
  /// Among few columns it was tried for curves: intervals of straight numbers were hardly shorter, and log loss rose by up
  /// to 0.001.
  var silence: TellingTerms? { crowd > 1 ? TellingTerms() : nil }

  /// What each penalty of a problem is of: those of its fields, then those of its pairs.
  func names(with problem: LinearProblem) -> [(field: String, part: TermPenalty.Part)] {
    entries.map { ($0.field, $0.part) } + problem.pairs.map { (problem.name(of: $0), .pair) }
  }

  /// A search for the strengths.
  var search: EvidenceSearch {
    var search = EvidenceSearch()
    search.priorStrength = priorStrength
    search.silence = silence
    return search
  }

  /// What guesses of the variances of pairs are multiplied with.
  let guessShare: Double

  init(_ encoder: FeatureEncoder) {
    let crowd = max(1, Double(encoder.fields.count) / Self.usualColumns)
    let guessShare = max(0.01, 1 / (crowd * crowd * crowd))
    (self.crowd, self.guessShare) = (crowd, guessShare)
    var entries: [Entry] = []
    let layout = encoder.layout
    for (index, field) in encoder.fields.enumerated() {
      func add(
        _ part: TermPenalty.Part, _ columns: Range<Int>, _ guess: Double,
        _ kind: EvidenceTerm.Kind = .squares, _ direction: EvidenceTerm.Direction? = nil
      ) {
        guard !columns.isEmpty else { return }
        entries.append(
          Entry(
            field: field.name, part: part,
            term: EvidenceTerm(
              columns: columns, kind: kind, guess: guess, direction: direction)))
      }
      let (marks, knots) = (layout[index, .marks], layout[index, .knots])
      let (levels, sets) = (layout[index, .levels], layout[index, .sets])
      switch field.rule {
      case .category, .datePart: add(.levels, levels, Self.coefficient)
      case .words(let encoding):
        add(.levels, levels, Self.coefficient)
        add(.words, sets, Self.coefficient / max(1, encoding.wordsPerLead))
      case .list: add(.entries, sets, Self.coefficient)
      case .flag(let encoding):
        let last = marks.upperBound - (encoding.hasMissing ? 1 : 0)
        add(.line, marks.lowerBound..<last, Self.guess(encoding))
        add(.missing, last..<marks.upperBound, Self.coefficient)
      case .numeric, .date:
        add(.line, layout[index, .line], Self.coefficient)
        add(.missing, marks, Self.coefficient)
      case .curve(let encoding), .dateCurve(let encoding):
        add(.line, layout[index, .line], Self.coefficient)
        add(.missing, marks, Self.coefficient)
        if !knots.isEmpty {
          add(
            .curve, knots, Self.curve / Double(knots.count), .differences,
            encoding.direction.map { $0 == .up ? .up : .down })
        }
        add(.levels, levels, Self.level)
      }
    }
    self.entries = entries
  }

  /// The variance guessed of a flag's effect.
  ///
  /// Words are two levels, whose difference has twice the variance of each; 0 and 1 are a number, the
  /// variance of which is guessed for a change by its standard deviation.
  private static func guess(_ flag: FlagEncoding) -> Double {
    guard flag.falseWord == "0", flag.trueWord == "1" else { return 2 * coefficient }
    let share = flag.trueLeads / max(1, flag.trueLeads + flag.falseLeads)
    return share > 0 && share < 1 ? coefficient / (share * (1 - share)) : coefficient
  }
}
