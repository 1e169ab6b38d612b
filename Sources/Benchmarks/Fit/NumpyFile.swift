import Foundation

/// A file of NumPy's `.npy` format (NEP 1): an array in row order, little-endian.
@safe struct NumpyFile: Sendable {
  /// The lengths of the array's dimensions.
  let shape: [Int]
  /// The kind of an element: `<f4`, `<f8` or `<u4`.
  let kind: String
  private let bytes: Data
  private let start: Int

  init(path: String) throws {
    bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    guard bytes.count > 10, bytes.prefix(6) == Data([0x93] + Array("NUMPY".utf8)), bytes[6] == 1
    else {
      Benchmarks.fail("\(path) is no .npy file of version 1")
    }
    start = 10 + Int(bytes[8]) + 256 * Int(bytes[9])
    let header = String(decoding: bytes[10..<start], as: UTF8.self)
    guard header.contains("'fortran_order': False"),
      let kind = header.firstMatch(of: /'descr': '([^']+)'/)?.1,
      let shape = header.firstMatch(of: /'shape': \(([0-9, ]*)\)/)?.1
    else { Benchmarks.fail("\(path) has a header that is not understood: \(header)") }
    self.kind = String(kind)
    self.shape = shape.split(separator: ",").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
  }

  /// An element by its place in the order of rows.
  func element<Element: BitwiseCopyable>(_ place: Int, as type: Element.Type) -> Element {
    unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: start + place * MemoryLayout<Element>.size, as: type)
    }
  }

  /// All elements of an array of doubles.
  var doubles: [Double] {
    guard kind == "<f8" else { Benchmarks.fail("doubles are needed, not \(kind)") }
    return (0..<shape.reduce(1, *)).map { element($0, as: Double.self) }
  }

  /// Writes doubles as an array of one dimension.
  static func write(_ numbers: [Double], to path: String) throws {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(numbers.count),), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var bytes = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]) + Data(header.utf8)
    for number in numbers {
      let bits = number.bitPattern.littleEndian
      for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * byte))) }
    }
    try bytes.write(to: URL(fileURLWithPath: path))
  }
}
