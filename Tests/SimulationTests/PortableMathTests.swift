import Foundation
import Testing

@testable import Simulation

@Suite("Portable mathematics")
struct PortableMathTests {
  @Test("the exponential is within 2 ulp of the C library's")
  func exponential() {
    for step in -1000...1000 {
      let x = Double(step) * 0.7001
      let expected = Foundation.exp(x)
      #expect(abs(PortableMath.exp(x) - expected) <= 2 * expected.ulp, "exp(\(x))")
    }
    #expect(PortableMath.exp(0) == 1)
    #expect(PortableMath.exp(-1000) == 0)
    #expect(PortableMath.exp(1000).isFinite)
  }

  @Test("the logarithm is within 2 ulp of the C library's")
  func logarithm() {
    for step in -1000...1000 {
      let x = Foundation.exp(Double(step) * 0.6003)
      let expected = Foundation.log(x)
      #expect(abs(PortableMath.log(x) - expected) <= 2 * expected.ulp, "log(\(x))")
    }
    #expect(PortableMath.log(1) == 0)
  }

  @Test("log1p of a count is the logarithm of one more")
  func logarithmOfOneMore() {
    for x in [0, 1, 7, 4095, 4096, 0.25, 12.34, 5e9] {
      let expected = Foundation.log(1 + x)
      #expect(abs(PortableMath.log1p(x) - expected) <= 2 * expected.ulp)
    }
  }
}
