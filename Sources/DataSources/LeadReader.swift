/// Reads files of leads: CSV, CSV compressed with gzip, or JSON Lines.
public enum LeadReader {
  /// Reads a whole file; `-` is standard input.
  ///
  /// Kinds are found over all rows: a first pass reads each column as its beginning suggests; where a later cell says
  /// otherwise, that column alone is read again. The result does not depend on the number of threads.
  public static func read(path: String, options: ReadingOptions = ReadingOptions())
    throws(SourceError) -> LeadFile
  {
    let opening = try Opening(path: path, options: options, canRestart: true)
    return try WholeReading(opening, options).read()
  }
}
