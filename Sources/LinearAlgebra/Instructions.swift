import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The instructions that the loops in C use: the most that the processor has, unless the environment asks for less.
///
/// `WINNOW_INSTRUCTIONS` may name a lower path, to see that results do not hang on it or to run as another machine
/// would. OpenBLAS follows: see `LinearAlgebraLibrary`.
public enum Instructions: Int32, CaseIterable, Comparable, Sendable, CustomStringConvertible {
  /// Those that C needs on any processor; the only ones where it is no x86-64.
  case portable = 0
  /// SSE2, which every x86-64 has.
  case baseline
  /// AVX2 and FMA: x86-64-v3.
  case avx2
  /// AVX-512: x86-64-v4.
  case avx512

  /// The name of the variable that asks for a path.
  public static let variable = "WINNOW_INSTRUCTIONS"

  /// The highest path that this processor can take.
  public static var highest: Instructions { Instructions(winnow_highest_path()) }

  /// The path that runs.
  ///
  /// - Throws: `InstructionsError` where the environment asks for one that cannot run.
  public static func running() throws(InstructionsError) -> Instructions {
    if let name = unsafe getenv(variable).map({ unsafe String(cString: $0) }), !name.isEmpty {
      _ = try chosen(named: name, of: highest)
    }
    return current
  }

  /// The path that runs, whatever was asked for.
  static var current: Instructions { Instructions(winnow_path()) }

  /// The path of a name, if a processor can take it.
  static func chosen(
    named name: String, of highest: Instructions
  ) throws(InstructionsError) -> Instructions {
    let path = unsafe winnow_path_named(name)
    guard path >= 0 else { throw .unknown(name) }
    guard path <= highest.rawValue else { throw .lacking(name, highest: highest) }
    return Instructions(path)
  }

  private init(_ path: Int32) {
    guard let known = Instructions(rawValue: path) else {
      preconditionFailure("winnow_cpu.h names no path \(path)")
    }
    self = known
  }

  public static func < (left: Instructions, right: Instructions) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The name, as the variable takes it.
  public var description: String {
    switch self {
    case .portable: "portable"
    case .baseline: "baseline"
    case .avx2: "avx2"
    case .avx512: "avx512"
    }
  }
}

/// Why the path that was asked for cannot run.
public enum InstructionsError: Error, Equatable, CustomStringConvertible {
  /// There is no path of that name.
  case unknown(String)
  /// The processor cannot take it.
  case lacking(String, highest: Instructions)

  public var description: String {
    let variable = Instructions.variable
    return switch self {
    case .unknown(let name):
      "\(variable) is one of portable, baseline, avx2 and avx512; found \"\(name)\""
    case .lacking(let name, let highest):
      """
      \(variable) asks for \(name), which this processor lacks; the highest that it has is \(highest), which runs \
      where the variable is not set
      """
    }
  }
}
