import CKernels
import COpenBLAS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The OpenBLAS that this program runs on: set up once, checked once, before its first use.
///
/// It works on one thread, since rows are spread over threads here. OpenBLAS knows processors by
/// their model number and runs the slowest kernels on one that it does not know, so that a core
/// type is named for it by the path that runs (see `Instructions`): a better one than it chose, or a
/// lower one where less was asked for. `OPENBLAS_CORETYPE` has the last word.
public enum LinearAlgebraLibrary {
  /// The library as it runs.
  public struct Report: Sendable, CustomStringConvertible {
    /// The library's version and build options, in its own words.
    public let configuration: String
    /// The kind of processor whose kernels run.
    public let core: String
    /// The kind that the library had chosen by itself.
    public let coreAtStart: String
    /// The threads that one call may use.
    public let threads: Int

    public var description: String {
      let origin = core == coreAtStart ? "" : " (the library had chosen \(coreAtStart))"
      return "\(configuration); core \(core)\(origin); \(threads) BLAS thread"
        + (threads == 1 ? "" : "s")
    }
  }

  private static let outcome = start()

  /// The library as it runs, after it has been checked against plain loops.
  ///
  /// - Throws: `LibraryError.wrongResult` where its numbers are wrong.
  public static func report() throws(LibraryError) -> Report { try outcome.get() }

  /// Sets the library up, if that has not been done; to be called before every use.
  ///
  /// - Precondition: the library computes rightly. A program asks `report()` first, which throws.
  static func prepare() {
    guard case .failure(let error) = outcome else { return }
    fatalError("\(error)")
  }

  /// Ends the threads that the library started when it was loaded, which are not used here.
  ///
  /// Until they sleep they keep a core busy with waiting, for a tenth of a second: to score a million leads took a seventh
  /// longer. To be called once, before all other work; does nothing in a library that cannot.
  public static func stopThreads() {
    openblas_set_num_threads(1)
    winnow_openblas_stop_threads()?()
  }

  private static func start() -> Result<Report, LibraryError> {
    // To set what holds already would start the threads anew.
    if openblas_get_num_threads() != 1 { openblas_set_num_threads(1) }
    let coreAtStart = unsafe text(openblas_get_corename())
    if let fitting = fittingCore(
      for: .current, of: .highest, insteadOf: coreAtStart,
      named: unsafe getenv("OPENBLAS_CORETYPE").map { unsafe String(cString: $0) })
    {
      switchCore(to: fitting)
      if openblas_get_num_threads() != 1 { openblas_set_num_threads(1) }
    }
    let report = unsafe Report(
      configuration: text(openblas_get_config()).trimmingTrailingSpaces,
      core: text(openblas_get_corename()), coreAtStart: coreAtStart,
      threads: Int(openblas_get_num_threads()))
    if let fault = LibraryCheck.firstFault() {
      return .failure(.wrongResult(operation: fault, library: report.description))
    }
    return .success(report)
  }

  /// The core type to name, or nil where the library's own choice is good or is the user's.
  ///
  /// - Parameters:
  ///   - path: the one that runs, of a processor that can take the highest one.
  ///   - chosen: what the library chose.
  ///   - named: what the user named.
  static func fittingCore(
    for path: Instructions, of highest: Instructions, insteadOf chosen: String, named: String?
  ) -> String? {
    guard named == nil, highest > .portable else { return nil }
    let wide = ["skylakex", "cooperlake", "sapphirerapids"]
    let good =
      switch path {
      case .avx512: ["haswell", "zen"] + wide
      case .avx2: ["haswell", "zen"]
      // On a processor of that kind the library knows best which of its old kernels to take.
      case .baseline, .portable: highest > .baseline ? ["prescott"] : [chosen.lowercased()]
      }
    guard !good.contains(chosen.lowercased()) else { return nil }
    return switch path {
    case .avx512: "SkylakeX"
    case .avx2: "Haswell"
    case .baseline, .portable: "Prescott"
    }
  }

  /// Lets a library that was built for many processors choose again; does nothing in another.
  static func switchCore(to core: String) {
    guard let forget = winnow_openblas_forget_core(), let choose = winnow_openblas_choose_core()
    else { return }
    unsafe setenv("OPENBLAS_CORETYPE", core, 1)
    forget()
    choose()
    unsafe unsetenv("OPENBLAS_CORETYPE")
  }

  private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "unknown" }
    return unsafe String(cString: pointer)
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var result = self
    while result.last == " " { result.removeLast() }
    return result
  }
}
