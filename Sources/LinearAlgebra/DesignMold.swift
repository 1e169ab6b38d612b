/// The blocks of a design matrix without their rows: from it and bytes that were kept elsewhere comes a matrix again.
///
/// Each block keeps its rows in one stream of numbers or several (a hat block: intervals, then fractions; a dense block: one a
/// column). Streams of
/// several matrices of one mold, one after another, are the streams of all their rows.
public struct DesignMold: Sendable {
  private let empty: DesignMatrix

  /// The bytes that a row takes in each stream.
  public let rowBytes: [Int]

  /// Creates the mold of a matrix, whatever its rows.
  public init(_ design: DesignMatrix) {
    empty = design.rows([])
    rowBytes = design.blocks.flatMap(\.streamWidths)
  }

  /// The matrix of some rows.
  ///
  /// - Parameter read: Fills the bytes of a stream: of each once, in their order.
  public func design<Failure: Error>(
    rowCount: Int, read: (_ stream: Int, _ bytes: inout MutableRawSpan) throws(Failure) -> Void
  ) throws(Failure) -> DesignMatrix {
    var stream = 0
    var blocks: [DesignBlock] = []
    for block in empty.blocks {
      switch block {
      case .intercept: blocks.append(.intercept)
      case .dense(let dense):
        let storage: DenseBlock.Storage
        switch dense.storage {
        case .single: storage = .single(try Self.values(dense, rowCount, &stream, read))
        case .double: storage = .double(try Self.values(dense, rowCount, &stream, read))
        }
        blocks.append(.dense(DenseBlock(storage, rowCount: rowCount, like: dense)))
      case .levels(let levels):
        blocks.append(.levels(try Self.codes(levels, rowCount, &stream, read)))
      case .hats(let hats):
        let storage: HatBlock.Storage
        switch hats.storage {
        case .bytes: storage = .bytes(try Self.numbers(rowCount, &stream, read))
        case .shorts: storage = .shorts(try Self.numbers(rowCount, &stream, read))
        }
        blocks.append(
          .hats(
            HatBlock(
              storage, fractions: try Self.numbers(rowCount, &stream, read),
              knotCount: hats.knotCount)))
      case .sets(let sets):
        blocks.append(
          .sets(SetBlock(try Self.codes(sets.numbers, rowCount, &stream, read), like: sets)))
      }
    }
    return DesignMatrix(blocks, rowCount: rowCount, like: empty)
  }

  private typealias Read<Failure: Error> = (Int, inout MutableRawSpan) throws(Failure) -> Void

  private static func numbers<Number: BitwiseCopyable & ExpressibleByIntegerLiteral, Failure>(
    _ count: Int, _ stream: inout Int, _ read: Read<Failure>
  ) throws(Failure) -> [Number] {
    var numbers = [Number](repeating: 0, count: count)
    var span = numbers.mutableSpan
    var bytes = unsafe span.mutableBytes
    try read(stream, &bytes)
    stream += 1
    return numbers
  }

  private static func values<Value: BinaryFloatingPoint & BitwiseCopyable, Failure>(
    _ dense: DenseBlock, _ rowCount: Int, _ stream: inout Int, _ read: Read<Failure>
  ) throws(Failure) -> [Value] {
    var values = [Value](
      repeating: 0,
      count: DenseBlock.valueCount(rowCount: rowCount, columnCount: dense.columnCount))
    for j in 0..<dense.columnCount {
      let column: [Value] = try numbers(rowCount, &stream, read)
      for row in 0..<rowCount { values[dense.place(row, j)] = column[row] }
    }
    return values
  }

  private static func codes<Failure>(
    _ levels: LevelBlock, _ rowCount: Int, _ stream: inout Int, _ read: Read<Failure>
  ) throws(Failure) -> LevelBlock {
    let storage: LevelBlock.Storage
    switch levels.storage {
    case .bytes: storage = .bytes(try numbers(rowCount, &stream, read))
    case .shorts: storage = .shorts(try numbers(rowCount, &stream, read))
    case .words: storage = .words(try numbers(rowCount, &stream, read))
    }
    return LevelBlock(storage, rowCount: rowCount, like: levels)
  }
}

extension DesignMatrix {
  /// Gives the bytes of each stream of rows, in the order of `DesignMold.rowBytes`.
  public func forEachStream<Failure: Error>(
    _ body: (_ bytes: RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    for block in blocks {
      switch block {
      case .intercept: break
      case .dense(let dense):
        for j in 0..<dense.columnCount {
          switch dense.storage {
          case .single(let values):
            let column = (0..<rowCount).map { values[dense.place($0, j)] }
            try body(unsafe column.span.bytes)
          case .double(let values):
            let column = (0..<rowCount).map { values[dense.place($0, j)] }
            try body(unsafe column.span.bytes)
          }
        }
      case .levels(let levels): try levels.withCodes(body)
      case .hats(let hats):
        switch hats.storage {
        case .bytes(let codes): try body(unsafe codes.span.bytes)
        case .shorts(let codes): try body(unsafe codes.span.bytes)
        }
        try body(unsafe hats.fractions.span.bytes)
      case .sets(let sets): try sets.numbers.withCodes(body)
      }
    }
  }
}

extension LevelBlock {
  /// The bytes of a code.
  fileprivate var codeWidth: Int {
    switch storage {
    case .bytes: 1
    case .shorts: 2
    case .words: 4
    }
  }

  fileprivate func withCodes<Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    switch storage {
    case .bytes(let codes): try body(unsafe codes.span.bytes)
    case .shorts(let codes): try body(unsafe codes.span.bytes)
    case .words(let codes): try body(unsafe codes.span.bytes)
    }
  }
}

extension DesignBlock {
  /// The bytes that a row takes in each of the block's streams.
  fileprivate var streamWidths: [Int] {
    switch self {
    case .intercept: []
    case .dense(let block):
      Array(repeating: block.precision == .single ? 4 : 8, count: block.columnCount)
    case .levels(let block): [block.codeWidth]
    case .hats(let block): if case .bytes = block.storage { [1, 4] } else { [2, 4] }
    case .sets(let block): [block.numbers.codeWidth]
    }
  }
}
