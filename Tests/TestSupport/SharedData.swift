import Foundation

/// Real data that lies outside the package: in the folder `WINNOW_DATA`, or in `../shared/data`.
public enum SharedData {
  /// The folder, if it is there.
  public static let folder: URL? = {
    let environment = ProcessInfo.processInfo.environment["WINNOW_DATA"].map {
      URL(fileURLWithPath: $0)
    }
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let beside = package.deletingLastPathComponent().appendingPathComponent("shared/data")
    return [environment, beside].compactMap { $0 }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  /// Whether real data is at hand; tests that need it are skipped, by name, where it is not.
  public static var isAvailable: Bool { folder != nil }

  /// The file of a path below the folder.
  public static func file(_ path: String) -> URL {
    (folder ?? URL(fileURLWithPath: "/nonexistent")).appendingPathComponent(path)
  }
}
