import CKernels
import Tables

extension Numbers {
  /// Gives a body the numbers as kernels take them; no pointer may outlive the call.
  @unsafe package func withCells<Result>(_ body: (winnow_numbers) -> Result) -> Result {
    switch storage {
    case .doubles(let numbers): unsafe Self.with(numbers, .ones, body)
    case .shorts(let numbers, let unit): unsafe Self.with(numbers, unit, body)
    case .words(let numbers, let unit): unsafe Self.with(numbers, unit, body)
    }
  }

  @unsafe private static func with<Value, Result>(
    _ numbers: [Value], _ unit: Unit, _ body: (winnow_numbers) -> Result
  ) -> Result {
    unsafe numbers.withUnsafeBufferPointer { numbers in
      unsafe body(
        winnow_numbers(
          cells: numbers.baseAddress, width: Int32(MemoryLayout<Value>.size),
          unit: Int32(unit.rawValue)))
    }
  }
}
