/// A column that a reader of a stream wants, and as what.
public struct ColumnRequest: Sendable {
  /// What the cells are to be read as; a cell that cannot be is missing, and counted.
  public enum Kind: Sendable, Equatable {
    /// Numbers, in the file's decimal mark.
    case numeric

    /// Dates, in the file's order of day and month.
    case date

    /// Cells as they are, in UTF-8 without surrounding blanks; a missing one is empty.
    case text

    /// One of two words, in any case; another known pair of words (`yes`, `ja`, `TRUE`, `1`) is understood too.
    case flag(falseWord: String, trueWord: String)

    /// One of a list of words; code `levels.count + 1` is a word that is not among them.
    case category(levels: [String])

    /// Words, as codes of the different ones that a block has, in the order of their first row.
    case words
  }

  /// The name of the column in the file.
  public let name: String

  /// What the cells are to be read as.
  public let kind: Kind

  /// The name of the column in the tables of the blocks: a column may be read twice, as two kinds.
  public let alias: String

  /// Creates a request; without an alias the column keeps its name.
  public init(name: String, kind: Kind, alias: String? = nil) {
    self.name = name
    self.kind = kind
    self.alias = alias ?? name
  }
}

/// What was met while a stream was read.
public struct StreamSummary: Sendable {
  /// The rows that were read.
  public let rows: Int

  /// The rows that were left out.
  public let badRows: BadRows

  /// The cells that could not be read as requested, by column; columns without any are not listed.
  public let unreadable: [UnreadableCells]

  /// SHA-256 of the file's bytes as stored, in lower-case hexadecimal, if it was asked for.
  public let sha256: String?
}

/// Cells of a column that could not be read as requested, and so are missing.
public struct UnreadableCells: Sendable, Equatable {
  /// The column's alias.
  public let column: String

  /// How many there are.
  public internal(set) var count: Int

  /// The line of the first, from 1.
  public let firstLine: Int

  /// The text of the first.
  public let firstText: String
}
