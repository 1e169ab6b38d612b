import CKernels

/// Where the arrays of a block lie, as a pass reads them a tile of rows at a time.
///
/// To take hold of an array counts its users, and threads that do so for each tile and block wait for each other: that was
/// an eighth of a pass. Addresses are taken once a pass (`DesignMatrix.withAddresses`).
@safe enum BlockAddress: @unchecked Sendable, BitwiseCopyable {
  case intercept
  /// No value at all: of no rows, or no columns.
  case empty
  case single(UnsafePointer<Float>, columns: Int)
  case double(UnsafePointer<Double>, columns: Int)
  /// The codes of levels, or of sets.
  case codes(CodeAddress)
  case hats(IntervalAddress, fractions: UnsafePointer<Float>)
}

/// Where codes lie.
@safe enum CodeAddress: @unchecked Sendable, BitwiseCopyable {
  case bytes(UnsafePointer<UInt8>)
  case shorts(UnsafePointer<UInt16>)
  case words(UnsafePointer<UInt32>)
}

/// Where the intervals of a hat block lie.
@safe enum IntervalAddress: @unchecked Sendable, BitwiseCopyable {
  case bytes(UnsafePointer<UInt8>)
  case shorts(UnsafePointer<UInt16>)
}

/// Plain values that jobs read without counting who does.
@safe final class SharedList<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let elements: UnsafeMutableBufferPointer<Element>
  let count: Int

  init(_ list: [Element]) {
    count = list.count
    unsafe elements = .allocate(capacity: list.count)
    _ = unsafe elements.initialize(from: list)
  }

  deinit { unsafe elements.deallocate() }

  /// - Precondition: `index` is from 0 on and below `count`.
  subscript(index: Int) -> Element { unsafe elements[index] }
}

extension DesignMatrix {
  /// Gives a body the addresses of some blocks, which hold until it returns.
  func withAddresses<Result>(
    of blocks: [DesignBlock], _ body: ([BlockAddress]) -> Result
  ) -> Result {
    withAddresses(of: blocks[...], behind: [], body)
  }

  private func withAddresses<Result>(
    of blocks: ArraySlice<DesignBlock>, behind found: [BlockAddress],
    _ body: ([BlockAddress]) -> Result
  ) -> Result {
    guard let block = blocks.first else { return body(found) }
    func goOn(_ address: BlockAddress) -> Result {
      withAddresses(of: blocks.dropFirst(), behind: found + [address], body)
    }
    switch block {
    case .intercept: return goOn(.intercept)
    case .dense(let dense):
      let found =
        switch dense.storage {
        case .single(let values):
          unsafe withAddress(of: values) { goOn(unsafe .single($0, columns: dense.columnCount)) }
        case .double(let values):
          unsafe withAddress(of: values) { goOn(unsafe .double($0, columns: dense.columnCount)) }
        }
      return found ?? goOn(.empty)
    case .levels(let levels):
      return levels.storage.withAddress { goOn(.codes($0)) } ?? goOn(.empty)
    case .sets(let sets):
      return sets.numbers.storage.withAddress { goOn(.codes($0)) } ?? goOn(.empty)
    case .hats(let hats):
      let found = hats.storage.withAddress { codes in
        unsafe withAddress(of: hats.fractions) { goOn(unsafe .hats(codes, fractions: $0)) }
      }
      return (found ?? nil) ?? goOn(.empty)
    }
  }
}

/// Gives a body the address of some values, which holds until it returns; nil where there are none.
@unsafe func withAddress<Value, Result>(
  of values: [Value], _ body: (UnsafePointer<Value>) -> Result
) -> Result? {
  unsafe values.withUnsafeBufferPointer { unsafe $0.baseAddress.map(body) }
}

extension LevelBlock.Storage {
  /// Gives a body the address of the codes, which holds until it returns; nil where there are none.
  func withAddress<Result>(_ body: (CodeAddress) -> Result) -> Result? {
    switch self {
    case .bytes(let codes): unsafe LinearAlgebra.withAddress(of: codes) { body(unsafe .bytes($0)) }
    case .shorts(let codes):
      unsafe LinearAlgebra.withAddress(of: codes) { body(unsafe .shorts($0)) }
    case .words(let codes): unsafe LinearAlgebra.withAddress(of: codes) { body(unsafe .words($0)) }
    }
  }
}

extension HatBlock.Storage {
  /// Gives a body the address of the intervals, which holds until it returns; nil where there are none.
  func withAddress<Result>(_ body: (IntervalAddress) -> Result) -> Result? {
    switch self {
    case .bytes(let codes): unsafe LinearAlgebra.withAddress(of: codes) { body(unsafe .bytes($0)) }
    case .shorts(let codes):
      unsafe LinearAlgebra.withAddress(of: codes) { body(unsafe .shorts($0)) }
    }
  }
}
