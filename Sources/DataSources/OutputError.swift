#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why results could not be written.
public enum OutputError: Error, Equatable, CustomStringConvertible {
  /// The folder of the file does not exist, or is no folder.
  case folderMissing(path: String, folder: String)

  /// The name is a folder's.
  case isFolder(path: String)

  /// The file or its folder may not be written.
  case notWritable(path: String, reason: String)

  /// The disk or the user's share of it is used up.
  case diskFull(path: String)

  /// Whoever read the output stopped, as `head` does: an end, not a failure.
  case readerGone

  /// Anything else, in the system's words.
  case failed(path: String, reason: String)

  /// Whether a program should end without a word.
  public var isQuiet: Bool { self == .readerGone }

  public var description: String {
    switch self {
    case .folderMissing(let path, let folder):
      "cannot write \(path): there is no folder \(folder); make it first or name another"
    case .isFolder(let path):
      "cannot write \(path): it is a folder; name a file in it"
    case .notWritable(let path, let reason):
      "cannot write \(path): \(reason); name a place that you may write to"
    case .diskFull(let path):
      "cannot write \(path): the disk is full; make room or name another place"
    case .readerGone:
      "the reader of standard output has closed it"
    case .failed(let path, let reason):
      "cannot write \(path): \(reason)"
    }
  }

  /// The error of a system call, by its `errno`.
  init(code: Int32, path: String, folder: String) {
    switch code {
    case ENOENT, ENOTDIR: self = .folderMissing(path: path, folder: folder)
    case EISDIR: self = .isFolder(path: path)
    case EACCES, EPERM, EROFS: self = .notWritable(path: path, reason: Self.words(code))
    case ENOSPC, EDQUOT, EFBIG: self = .diskFull(path: path)
    case EPIPE: self = .readerGone
    default: self = .failed(path: path, reason: Self.words(code))
    }
  }

  /// The system's words for an error: `Permission denied`.
  private static func words(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}
