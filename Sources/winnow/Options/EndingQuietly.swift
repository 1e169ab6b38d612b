import ArgumentParser
import DataSources

/// The result of writing rows; ends the program without a word where nobody reads on, as before `head`.
func endingQuietly<Result>(_ write: () throws -> Result) throws -> Result {
  do {
    return try write()
  } catch let error as OutputError where error.isQuiet {
    throw ExitCode.success
  }
}
