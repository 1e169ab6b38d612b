import CKernels

/// Where the arrays of a block lie, as a pass reads them a tile of rows at a time.
///
/// To take hold of an array counts its users, and threads that do so for each tile and block wait for each other: that was
/// an eighth of a pass. Addresses are taken once a pass (`DesignMatrix.withAddresses`).
@safe enum BlockAddress: @unchecked Sendable, BitwiseCopyable {
  case intercept
  /// No value at all: of no rows, or no columns.
  case empty
  case single(UnsafePointer<Float>, stride: Int)
  case double(UnsafePointer<Double>, stride: Int)
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
  /// Gives a body the addresses of all blocks, which hold until it returns.
  func withAddresses<Result>(_ body: ([BlockAddress]) -> Result) -> Result {
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
      switch dense.storage {
      case .single(let values):
        return unsafe values.withUnsafeBufferPointer {
          goOn(unsafe BlockAddress.at($0.baseAddress) { unsafe .single($0, stride: dense.stride) })
        }
      case .double(let values):
        return unsafe values.withUnsafeBufferPointer {
          goOn(unsafe BlockAddress.at($0.baseAddress) { unsafe .double($0, stride: dense.stride) })
        }
      }
    case .levels(let levels):
      return levels.storage.withAddress { goOn(.codes($0)) } ?? goOn(.empty)
    case .sets(let sets):
      return sets.numbers.storage.withAddress { goOn(.codes($0)) } ?? goOn(.empty)
    case .hats(let hats):
      return unsafe hats.fractions.withUnsafeBufferPointer { fractions in
        hats.storage.withAddress { codes in
          goOn(
            unsafe BlockAddress.at(fractions.baseAddress) { unsafe .hats(codes, fractions: $0) })
        } ?? goOn(.empty)
      }
    }
  }
}

extension BlockAddress {
  /// The address that begins at a pointer, if there is one.
  fileprivate static func at<Value>(
    _ base: UnsafePointer<Value>?, _ address: (UnsafePointer<Value>) -> BlockAddress
  ) -> BlockAddress {
    unsafe base.map { unsafe address($0) } ?? .empty
  }
}

extension LevelBlock.Storage {
  /// Gives a body the address of the codes, which holds until it returns.
  func withAddress<Result>(_ body: (CodeAddress) -> Result) -> Result? {
    switch self {
    case .bytes(let codes):
      unsafe codes.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe body(.bytes($0)) } }
    case .shorts(let codes):
      unsafe codes.withUnsafeBufferPointer {
        unsafe $0.baseAddress.map { unsafe body(.shorts($0)) }
      }
    case .words(let codes):
      unsafe codes.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe body(.words($0)) } }
    }
  }
}

extension HatBlock.Storage {
  /// Gives a body the address of the codes, which holds until it returns.
  func withAddress<Result>(_ body: (IntervalAddress) -> Result) -> Result? {
    switch self {
    case .bytes(let codes):
      unsafe codes.withUnsafeBufferPointer { unsafe $0.baseAddress.map { unsafe body(.bytes($0)) } }
    case .shorts(let codes):
      unsafe codes.withUnsafeBufferPointer {
        unsafe $0.baseAddress.map { unsafe body(.shorts($0)) }
      }
    }
  }
}
