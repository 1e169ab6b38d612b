import Testing

@testable import LinearAlgebra

@Suite("Instructions")
struct InstructionsTests {
  @Test("every path has a name that means it", arguments: Instructions.allCases)
  func names(path: Instructions) throws {
    #expect(try Instructions.chosen(named: "\(path)", of: .avx512) == path)
  }

  @Test("a path that the processor lacks is refused with the highest that it has")
  func lacking() throws {
    #expect(throws: InstructionsError.lacking("avx512", highest: .avx2)) {
      try Instructions.chosen(named: "avx512", of: .avx2)
    }
    #expect(try Instructions.chosen(named: "avx2", of: .avx2) == .avx2)
    let text = "\(InstructionsError.lacking("avx2", highest: .portable))"
    #expect(text.contains("WINNOW_INSTRUCTIONS asks for avx2, which this processor lacks"))
    #expect(text.contains("portable"))
  }

  @Test("a name that means nothing is refused", arguments: ["", "AVX2", "sse9", "avx51"])
  func unknown(name: String) {
    #expect(throws: InstructionsError.unknown(name)) {
      try Instructions.chosen(named: name, of: .avx512)
    }
  }
}
