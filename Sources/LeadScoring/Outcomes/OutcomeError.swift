/// Why a column's cells do not tell outcomes.
public enum OutcomeError: Error, Equatable, CustomStringConvertible {
  case noColumn(found: [String])
  case severalColumns([String])
  case unknownColumn(String, found: [String])
  case tooManyValues(column: String, examples: [String])
  case unknownWords(column: String, unknown: [OutcomeCount], found: [OutcomeCount])
  case wordsNotFound(column: String, given: [String], found: [OutcomeCount])
  case claimedTwice(word: String, first: LeadOutcome, second: LeadOutcome)
  case oneClass(column: String, converted: Int, others: Int, open: Int)
  case noRows(column: String)

  public var description: String {
    switch self {
    case .noColumn(let found):
      "no column looks like the outcome; name it with --outcome COLUMN; found: "
        + listed(found)
        + (found.count == 1 ? "; if these are several columns, say --separator" : "")
    case .severalColumns(let names):
      "several columns look like the outcome: \(listed(names)); "
        + "name one with --outcome COLUMN"
    case .unknownColumn(let name, let found):
      "there is no column \"\(name)\" for the outcome; found: \(listed(found))"
    case .tooManyValues(let column, let examples):
      "the outcome column \"\(column)\" has too many different values to be an outcome, such as "
        + "\(examples.joined(separator: ", ")); an outcome is a few words such as converted, lost, "
        + "churned and open"
    case .unknownWords(let column, let unknown, let found):
      "the outcome column \"\(column)\" holds \(Self.list(unknown)), of unknown meaning; say it with "
        + "--converted, --lost, --churned or --open; found in all: \(Self.list(found))"
    case .wordsNotFound(let column, let given, let found):
      "no lead has the outcome \(given.map { "\"\($0)\"" }.joined(separator: " or ")) in column "
        + "\"\(column)\"; found: \(Self.list(found))"
    case .claimedTwice(let word, let first, let second):
      "\"\(word)\" is given both for \(first.rawValue) and for \(second.rawValue); it can mean only one"
    case .oneClass(let column, let converted, let others, let open):
      "there is nothing to tell apart: by column \"\(column)\", \(converted) leads converted, \(others) "
        + "were lost or churned and \(open) are open; a model needs leads of both outcomes"
    case .noRows(let column):
      "there are no leads with an outcome in column \"\(column)\": the file has no such rows"
    }
  }

  private static func list(_ counts: [OutcomeCount]) -> String {
    let shown = counts.prefix(12).map { "\"\($0.word)\" (\($0.rows))" }.joined(separator: ", ")
    return counts.count > 12 ? "\(shown) and \(counts.count - 12) more" : shown
  }
}
