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
    #expect(LinearAlgebraLibrary.betterCore(than: "Prescott", level: 3, named: nil) == "SkylakeX")
    #expect(LinearAlgebraLibrary.betterCore(than: "Prescott", level: 2, named: nil) == "Haswell")
    #expect(LinearAlgebraLibrary.betterCore(than: "Prescott", level: 1, named: nil) == nil)
    #expect(LinearAlgebraLibrary.betterCore(than: "armv8", level: 0, named: nil) == nil)
    #expect(LinearAlgebraLibrary.betterCore(than: "Zen", level: 3, named: nil) == nil)
    #expect(LinearAlgebraLibrary.betterCore(than: "Prescott", level: 3, named: "Nehalem") == nil)
  }

  @Test(
    "a library with the kernels of an old processor is switched, before its first use",
    .enabled(if: LinearAlgebraLibrary.processorLevel >= 2))
  func switching() async {
    await #expect(processExitsWith: .success) {
      LinearAlgebraLibrary.switchCore(to: "Nehalem")
      let report = try LinearAlgebraLibrary.report()
      // One that was built for a single processor, or is told its core by the user, stays as it is.
      guard report.coreAtStart == "Nehalem" else { return }
      let level = LinearAlgebraLibrary.processorLevel
      let better = LinearAlgebraLibrary.betterCore(than: "Nehalem", level: level, named: nil)
      try #require(report.core == better)
    }
  }

  @Test("a fault is told with the operation, the library and a way out")
  func fault() {
    let error = LibraryError.wrongResult(operation: "matrix product", library: "OpenBLAS 0.0")
    #expect("\(error)".contains("wrong matrix product on this processor (OpenBLAS 0.0)"))
    #expect("\(error)".contains("OPENBLAS_CORETYPE"))
  }
}
