import CCrypto
import CKernels

/// SHA-256 of bytes that come piece by piece: by the processor's own instructions, or where it has none by the library.
@safe final class Digest {
  /// The hash, where it is native.
  private var hash = winnow_sha256()
  /// The library's, where it is not.
  private let context: OpaquePointer?

  /// Whether the processor has instructions for it.
  let isNative: Bool

  init() {
    isNative = winnow_sha256_is_native() != 0
    unsafe winnow_sha256_begin(&hash)
    unsafe context = isNative ? nil : EVP_MD_CTX_new()
    if !isNative { _ = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) }
  }

  deinit { if !isNative { unsafe EVP_MD_CTX_free(context) } }

  /// Adds some bytes of a buffer.
  func add(_ buffer: [UInt8], _ range: Range<Int>) {
    unsafe buffer.withUnsafeBufferPointer { bytes in
      let part = unsafe UnsafeBufferPointer(rebasing: bytes[range])
      guard let base = part.baseAddress else { return }
      if isNative {
        unsafe winnow_sha256_add(&hash, base, part.count)
      } else {
        _ = unsafe EVP_DigestUpdate(context, base, part.count)
      }
    }
  }

  /// Gives a kernel the hash, to add bytes while it does something else with them.
  ///
  /// - Precondition: It is native.
  func withHash(_ body: (inout winnow_sha256) -> Void) {
    precondition(isNative, "the library's hash is no kernel's")
    body(&hash)
  }

  /// The digest in lower-case hexadecimal; nothing may be added afterwards.
  func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    if isNative {
      unsafe winnow_sha256_finish(&hash, &digest)
    } else {
      _ = unsafe EVP_DigestFinal_ex(context, &digest, nil)
    }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
