/// Why a text is not the JSON that was asked for, and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let problem: Problem

  /// The line, from 1; lines end with a line feed.
  public let line: Int

  /// The character in the line, from 1.
  public let column: Int

  /// What can be wrong with a JSON text.
  public enum Problem: Equatable, Sendable {
    case empty
    case tooLong(bytes: Int, limit: Int)
    case tooDeep(limit: Int)
    case unexpected(found: String, expected: String)
    case unfinished(expected: String)
    case invalidUTF8
    case anotherEncoding
    case controlCharacter(UInt8)
    case invalidEscape
    case loneSurrogate
    case invalidNumber(String)
    case numberTooLarge(String)
    case duplicateKey(String)
    case textAfterEnd(found: String)
  }

  /// Creates an error at a place that is already known.
  public init(_ problem: Problem, line: Int, column: Int) {
    self.problem = problem
    self.line = line
    self.column = column
  }

  /// Creates an error at a byte of a text whose first line, at `start`, has the number `firstLine`.
  init(
    _ problem: Problem, at position: Int, of bytes: Span<UInt8>, start: Int = 0, firstLine: Int = 1
  ) {
    var line = firstLine
    var column = 1
    for index in start..<max(start, min(position, bytes.count)) {
      let byte = bytes[index]
      if byte == 0x0A {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(problem, line: line, column: column)
  }

  public var description: String { "line \(line), column \(column): \(problem)" }
}

extension JSONError.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .empty:
      "there is nothing here; a JSON value was expected"
    case .tooLong(let bytes, let limit):
      "the text has \(bytes) bytes; at most \(limit) are read"
    case .tooDeep(let limit):
      "arrays and objects are nested more than \(limit) deep"
    case .unexpected(let found, let expected):
      "found \(found) where \(expected) was expected"
    case .unfinished(let expected):
      "the text ends where \(expected) was expected"
    case .invalidUTF8:
      "these bytes are not UTF-8; the text must be saved as UTF-8"
    case .anotherEncoding:
      "the text looks like UTF-16 or UTF-32; it must be saved as UTF-8"
    case .controlCharacter(let byte):
      "the control character \(hexadecimal(byte)) stands bare in a string; it must be escaped"
    case .invalidEscape:
      "a backslash must be followed by one of \" \\ / b f n r t, or by u and four hexadecimal digits"
    case .loneSurrogate:
      "half of a surrogate pair stands alone; \\uD800 to \\uDBFF must be followed by \\uDC00 to \\uDFFF"
    case .invalidNumber(let text):
      "\(text) is not a JSON number; numbers look like 0, -1.5 or 2e10"
    case .numberTooLarge(let text):
      "the number \(text) is larger than a double can hold (1.8e308)"
    case .duplicateKey(let key):
      "the key \"\(key)\" occurs twice in one object"
    case .textAfterEnd(let found):
      "found \(found) after the end of the JSON value"
    }
  }
}

/// A byte as `0x1F`.
func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return "0x" + (digits.utf8.count < 2 ? "0" : "") + digits
}

/// A byte of a text as a person would name it.
func naming(_ byte: UInt8) -> String {
  switch byte {
  case 0x0A: "the end of the line"
  case 0x21...0x7E: "\"\(Character(UnicodeScalar(byte)))\""
  default: "the byte \(hexadecimal(byte))"
  }
}
