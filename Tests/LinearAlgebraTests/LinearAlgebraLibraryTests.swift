import Testing

@testable import LinearAlgebra

@Suite("Linear algebra library")
struct LinearAlgebraLibraryTests {
  @Test("computes rightly here, on one thread, and says what it is")
  func report() throws {
    let report = try LinearAlgebraLibrary.report()
    #expect(report.threads == 1)
    #expect(report.description.contains("OpenBLAS"))
    #expect(report.description.contains("core \(report.core)"))
  }

  @Test("names a core only where the library chose a slow one and the processor can do more")
  func cores() {
    #expect(core(.avx512, insteadOf: "Prescott") == "SkylakeX")
    #expect(core(.avx2, insteadOf: "Prescott") == "Haswell")
    #expect(core(.baseline, insteadOf: "Nehalem") == nil)
    #expect(core(.portable, insteadOf: "armv8") == nil)
    #expect(core(.avx512, insteadOf: "Zen") == nil)
    #expect(core(.avx512, insteadOf: "Prescott", named: "Nehalem") == nil)
  }

  @Test("names a lower core where a lower path was asked for, unless the user named one")
  func lowerCores() {
    #expect(core(.avx2, of: .avx512, insteadOf: "Cooperlake") == "Haswell")
    #expect(core(.avx2, of: .avx512, insteadOf: "Zen") == nil)
    #expect(core(.baseline, of: .avx2, insteadOf: "Haswell") == "Prescott")
    #expect(core(.portable, of: .avx512, insteadOf: "SkylakeX") == "Prescott")
    #expect(core(.baseline, of: .avx512, insteadOf: "SkylakeX", named: "SkylakeX") == nil)
  }

  private func core(
    _ path: Instructions, of highest: Instructions? = nil, insteadOf chosen: String,
    named: String? = nil
  ) -> String? {
    LinearAlgebraLibrary.fittingCore(
      for: path, of: highest ?? path, insteadOf: chosen, named: named)
  }

  @Test(
    "a library with the kernels of an old processor is switched, before its first use",
    .enabled(if: Instructions.current >= .avx2))
  func switching() async {
    await #expect(processExitsWith: .success) {
      LinearAlgebraLibrary.switchCore(to: "Nehalem")
      let report = try LinearAlgebraLibrary.report()
      // One that was built for a single processor, or is told its core by the user, stays as it is.
      guard report.coreAtStart == "Nehalem" else { return }
      let fitting = LinearAlgebraLibrary.fittingCore(
        for: .current, of: .highest, insteadOf: "Nehalem", named: nil)
      try #require(report.core == fitting)
    }
  }

  @Test("a fault is told with the operation, the library and a way out")
  func fault() {
    let error = LibraryError.wrongResult(operation: "matrix product", library: "OpenBLAS 0.0")
    #expect("\(error)".contains("wrong matrix product on this processor (OpenBLAS 0.0)"))
    #expect("\(error)".contains("OPENBLAS_CORETYPE"))
  }
}
