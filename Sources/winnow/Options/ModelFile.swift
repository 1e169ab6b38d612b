import DataSources
import LeadScoring

/// Reads and writes model files.
enum ModelFile {
  /// - Throws: `ModelError` where the file is no model, `SourceError` where it cannot be read.
  static func read(_ path: String) throws -> LeadModel {
    let bytes = try FileBytes.read(path: path, most: LeadModel.mostBytes)
    return try LeadModel(json: bytes, path: path)
  }

  /// Writes beside the target and renames: never half a file.
  static func write(_ model: LeadModel, to path: String) throws {
    var file = try OutputFile(path: path)
    try file.write(model.json())
    try file.commit()
  }
}
