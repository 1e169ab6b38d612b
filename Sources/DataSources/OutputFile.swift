import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that appears whole or not at all, or standard output.
///
/// Bytes go to a temporary file in the target's folder, which `commit` renames; without `commit` it
/// is removed, and whatever stood at the target stays. A replaced file keeps its permissions, a new
/// one gets the user's default, and through a symbolic link the file behind it is replaced. What is
/// no regular file (a pipe, `/dev/null`) is written to directly.
public struct OutputFile: ~Copyable {
  private let path: String
  private let target: Target
  private let syncs: Bool
  private var buffer: [UInt8] = []
  private var isOpen = true

  /// The bytes that went to the system, and those of them whose way to the disk has begun.
  private var sent = 0
  private var begun = 0

  private static let bufferSize = 1 << 18

  /// The bytes whose way to the disk begins together.
  private static let writtenTogether = 8 << 20

  /// Opens the file of a path for writing; nil and `-` are standard output.
  ///
  /// On standard output the process ignores SIGPIPE from then on, so that a reader who stops shows as
  /// `OutputError.readerGone` instead of ending the process before it has tidied up.
  ///
  /// - Parameter syncs: whether `commit` waits until the disk has the file, in case the power fails.
  public init(path: String?, syncs: Bool = false) throws(OutputError) {
    self.syncs = syncs
    guard let path, path != "-" else {
      _ = signal(SIGPIPE, SIG_IGN)
      self.path = "standard output"
      target = .standardOutput
      return
    }
    self.path = path
    target = try Target(path: path)
    if target.temporary == nil { _ = signal(SIGPIPE, SIG_IGN) }
  }

  deinit {
    guard isOpen, !target.isStandard else { return }
    _ = close(target.descriptor)
    if let temporary = target.temporary { unsafe _ = unlink(temporary) }
  }

  /// Writes bytes, sooner or later.
  public mutating func write(_ bytes: [UInt8]) throws(OutputError) { try write(bytes.span) }

  /// Writes text as UTF-8.
  public mutating func write(_ text: String) throws(OutputError) { try write(Array(text.utf8)) }

  /// Writes bytes, sooner or later.
  public mutating func write(_ bytes: Span<UInt8>) throws(OutputError) {
    let isLarge = bytes.count >= Self.bufferSize / 4
    if isLarge || buffer.count + bytes.count > Self.bufferSize { try flush() }
    if isLarge {
      try send(bytes)
      return beginWriting(bytes.count)
    }
    buffer.reserveCapacity(Self.bufferSize)
    unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
  }

  /// Hands what was written so far to the system; a reader of standard output then sees it.
  public mutating func flush() throws(OutputError) {
    try send(buffer.span)
    beginWriting(buffer.count)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes the rest and puts the file in its place.
  public consuming func commit() throws(OutputError) {
    try flush()
    if syncs, target.temporary != nil { try check(fsync(target.descriptor)) }
    guard !target.isStandard else { return }
    isOpen = false
    let closed = close(target.descriptor)
    let reason = errno
    guard let temporary = target.temporary, let file = target.file else {
      if closed != 0 { throw OutputError(code: reason, path: path, folder: target.folder) }
      return
    }
    if closed == 0, unsafe rename(temporary, file) == 0 {
      if syncs { target.syncFolder() }
      return
    }
    let code = closed == 0 ? errno : reason
    unsafe _ = unlink(temporary)
    throw OutputError(code: code, path: path, folder: target.folder)
  }

  private func check(_ status: Int32) throws(OutputError) {
    if status != 0 { throw OutputError(code: errno, path: path, folder: target.folder) }
  }

  /// Writes all bytes, however many the system takes at a time.
  private func send(_ bytes: Span<UInt8>) throws(OutputError) {
    var done = 0
    while done < bytes.count {
      let rest = bytes.extracting(done..<bytes.count)
      let written = unsafe rest.withUnsafeBytes {
        // The plain name would be this type's own function.
        #if canImport(Glibc)
          unsafe Glibc.write(target.descriptor, $0.baseAddress, min($0.count, 1 << 30))
        #else
          unsafe Darwin.write(target.descriptor, $0.baseAddress, min($0.count, 1 << 30))
        #endif
      }
      if written >= 0 {
        done += written
      } else if errno == EAGAIN {
        // Another program made the shared pipe or terminal non-blocking: wait for room.
        var room = pollfd(fd: target.descriptor, events: Int16(POLLOUT), revents: 0)
        unsafe _ = poll(&room, 1, -1)
      } else if errno != EINTR {
        throw OutputError(code: errno, path: path, folder: target.folder)
      }
    }
  }

  /// Sends what was written on its way to the disk, some MB at a time and without waiting for it.
  ///
  /// Where a file is replaced, Linux does that for the whole file when it is renamed, so that a loss of power leaves the
  /// old one or the new one, not an empty one: of 128 MB it took a fifth of the time of a scoring, in which every thread
  /// waited.
  private mutating func beginWriting(_ count: Int) {
    sent += count
    guard target.replaces, sent - begun >= Self.writtenTogether else { return }
    winnow_begin_writing(target.descriptor, Int64(begun), Int64(sent - begun))
    begun = sent
  }
}

extension OutputFile {
  /// Where the bytes go, and where they are to be at the end.
  struct Target {
    let descriptor: Int32
    let folder: String

    /// The file to replace, with links followed; nil where bytes go directly.
    let file: String?

    /// The file that the bytes go to meanwhile.
    let temporary: String?

    /// Whether this is the process's standard output, which is not ours to close.
    let isStandard: Bool

    /// Whether there was a file before.
    let replaces: Bool

    static let standardOutput = Target(
      descriptor: STDOUT_FILENO, folder: "", file: nil, temporary: nil, isStandard: true)

    init(
      descriptor: Int32, folder: String, file: String?, temporary: String?,
      isStandard: Bool = false, replaces: Bool = false
    ) {
      self.isStandard = isStandard
      self.replaces = replaces
      self.descriptor = descriptor
      self.folder = folder
      self.file = file
      self.temporary = temporary
    }

    /// Opens a temporary file beside the target, or the target where it is no regular file.
    init(path: String) throws(OutputError) {
      let file = Self.resolved(path)
      let folder = Self.folder(of: file)
      var info = stat()
      let exists = unsafe stat(file, &info) == 0
      if exists, info.st_mode & S_IFMT == S_IFDIR || path.utf8.last == UInt8(ascii: "/") {
        throw .isFolder(path: path)
      }
      if exists, unsafe access(file, W_OK) != 0 {
        throw OutputError(code: errno, path: path, folder: folder)
      }
      if exists, info.st_mode & S_IFMT != S_IFREG {
        let descriptor = unsafe open(file, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputError(code: errno, path: path, folder: folder) }
        self.init(descriptor: descriptor, folder: folder, file: nil, temporary: nil)
        return
      }
      guard path.utf8.last != UInt8(ascii: "/"), !path.isEmpty else {
        throw path.isEmpty
          ? .failed(path: "\"\"", reason: "the name is empty") : .isFolder(path: path)
      }
      let (descriptor, temporary) = TemporaryFile.create(in: folder, O_WRONLY, mode: 0o666)
      guard descriptor >= 0 else { throw OutputError(code: errno, path: path, folder: folder) }
      if exists { _ = fchmod(descriptor, info.st_mode & 0o777) }
      self.init(
        descriptor: descriptor, folder: folder, file: file, temporary: temporary, replaces: exists)
    }

    /// Makes the new name last, on systems that can.
    func syncFolder() {
      let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return }
      _ = fsync(descriptor)
      _ = close(descriptor)
    }

    /// The path with symbolic links followed, as it is where there is no such file yet.
    private static func resolved(_ path: String) -> String {
      guard let real = unsafe realpath(path, nil) else { return path }
      defer { unsafe free(real) }
      return unsafe String(cString: real)
    }

    private static func folder(of file: String) -> String {
      guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
      return slash == file.startIndex ? "/" : String(file[..<slash])
    }
  }
}
