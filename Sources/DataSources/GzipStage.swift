import CZlib

/// Decompresses gzip, also a file of several members one after another.
@safe final class GzipStage: ByteStage {
  private let source: any ByteStage
  private let name: String

  /// zlib keeps the address, so the state has a place of its own.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input = [UInt8](repeating: 0, count: 1 << 18)
  private var inputStart = 0
  private var inputEnd = 0
  private var sourceHasEnded = false
  private var isBetweenMembers = false
  private var hasEnded = false

  /// Begins with the first byte of the source.
  init(_ source: any ByteStage, name: String) throws(SourceError) {
    self.source = source
    self.name = name
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe winnow_inflate_init_gzip(stream) == Z_OK else {
      throw .brokenGzip(file: name, reason: "zlib did not start")
    }
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  func read(into buffer: inout [UInt8], from start: Int, to end: Int) throws(SourceError) -> Int {
    while !hasEnded {
      if inputStart == inputEnd, !sourceHasEnded {
        inputStart = 0
        inputEnd = try source.read(into: &input, from: 0, to: input.count)
        sourceHasEnded = inputEnd == 0
      }
      if isBetweenMembers, try !beginMember() { continue }
      let count = try inflateSome(into: &buffer, from: start, to: end)
      if count > 0 { return count }
      if sourceHasEnded, !isBetweenMembers {
        throw .brokenGzip(file: name, reason: "it ends before its last byte")
      }
    }
    return 0
  }

  /// Whether another member begins here; zeros after the last one are padding.
  private func beginMember() throws(SourceError) -> Bool {
    while inputStart < inputEnd, input[inputStart] == 0 { inputStart += 1 }
    if inputStart == inputEnd {
      hasEnded = sourceHasEnded
      return false
    }
    guard input[inputStart] == 0x1F else {
      throw .brokenGzip(file: name, reason: "there are other bytes after its end")
    }
    isBetweenMembers = false
    guard unsafe inflateReset(stream) == Z_OK else {
      throw .brokenGzip(file: name, reason: "zlib did not start again")
    }
    return true
  }

  private func inflateSome(into buffer: inout [UInt8], from start: Int, to end: Int)
    throws(SourceError) -> Int
  {
    let (from, to) = (inputStart, inputEnd)
    let status = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe buffer.withUnsafeMutableBufferPointer { target in
        let given = unsafe UnsafeMutableBufferPointer(rebasing: source[from..<to])
        let room = unsafe UnsafeMutableBufferPointer(rebasing: target[start..<end])
        unsafe stream.pointee.next_in = given.baseAddress
        unsafe stream.pointee.avail_in = UInt32(given.count)
        unsafe stream.pointee.next_out = room.baseAddress
        unsafe stream.pointee.avail_out = UInt32(min(room.count, 1 << 30))
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
    }
    let room = min(end - start, 1 << 30)
    let count = unsafe room - Int(stream.pointee.avail_out)
    inputStart = unsafe inputEnd - Int(stream.pointee.avail_in)
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    default:
      throw .brokenGzip(file: name, reason: "its compressed data are damaged")
    }
    return count
  }
}
