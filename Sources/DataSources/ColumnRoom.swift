import Parallelism

/// The array that a column's numbers or codes are collected in: who reads a block writes its cells where they stay.
///
/// Handed over in arrays of their own they would be written twice, and take memory twice.
///
/// One thread at a time takes blocks over, in the order of the rows (`add`). Others write at the places of later rows
/// meanwhile (`place`): never two at the same one, and never beyond `capacity`, behind which the array may move.
@safe final class ColumnRoom<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// The row of the table that the first value is of.
  let firstRow: Int

  /// As many values as there is room for, or more: those up to `count` are the column's.
  private var values: [Value]
  let capacity: Int
  private let base: UnsafeMutablePointer<Value>?

  /// How many rows were taken over.
  private(set) var count = 0

  /// - Parameter capacity: About how many rows there will be, 0 where that is unknown.
  init(firstRow: Int, capacity: Int) {
    self.firstRow = firstRow
    self.capacity = capacity
    values = room(capacity)
    // The array is this object's alone, and so stays where it is until it is appended to.
    unsafe base = values.withUnsafeMutableBufferPointer { $0.baseAddress }
  }

  /// The place of some rows of the table; nil where there is no room for them.
  @unsafe func place(_ rows: Range<Int>) -> UnsafeMutableBufferPointer<Value>? {
    let first = rows.lowerBound - firstRow
    guard first >= 0, first + rows.count <= capacity, let base = unsafe base else { return nil }
    return unsafe UnsafeMutableBufferPointer(start: base + first, count: rows.count)
  }

  /// Takes a block's cells over.
  func add(_ cells: ChunkCells<Value>) {
    switch cells {
    case .own(let more): unsafe more.withUnsafeBufferPointer { unsafe append($0) }
    case .placed(let room, let rows):
      if room === self, rows.lowerBound == firstRow + count {
        count += rows.count
      } else if let place = unsafe room.place(rows) {
        unsafe append(UnsafeBufferPointer(place))
      }
    }
  }

  /// Adds as many rows of one value.
  func add(repeating value: Value, count more: Int) {
    add(.own([Value](repeating: value, count: more)))
  }

  private func append(_ more: UnsafeBufferPointer<Value>) {
    if let place = unsafe place(firstRow + count..<firstRow + count + more.count) {
      _ = unsafe place.update(from: more)
    } else {
      // No block before this one is still read, and those after it have no place here.
      if values.count > count { values.removeLast(values.count - count) }
      unsafe values.append(contentsOf: more)
    }
    count += more.count
  }

  /// Changes the last rows that were taken over.
  func change(last rows: Int, _ body: (inout MutableSpan<Value>) -> Void) {
    unsafe values.withUnsafeMutableBufferPointer { values in
      var span = unsafe UnsafeMutableBufferPointer(rebasing: values[count - rows..<count])
        .mutableSpan
      body(&span)
    }
  }

  /// What stands for each value that was taken over.
  func map<Other>(_ transform: (Value) -> Other) -> [Other] { values[..<count].map(transform) }

  /// The values, which are the caller's from now on; nobody may read blocks any more.
  func take() -> [Value] {
    var result: [Value] = []
    swap(&result, &values)
    if result.count > count { result.removeLast(result.count - count) }
    count = 0
    return result
  }
}

/// A block's numbers or codes, one a row.
enum ChunkCells<Value: BitwiseCopyable & Sendable>: Sendable {
  case own([Value])
  /// Those of these rows of the table, where they stay.
  case placed(ColumnRoom<Value>, rows: Range<Int>)

  /// What a body writes, all elements: to the place of rows from `firstRow` on in a room, if there is one, else to an
  /// array.
  static func filled<Result>(
    _ count: Int, in room: ColumnRoom<Value>?, from firstRow: Int,
    _ body: (inout MutableSpan<Value>) -> Result
  ) -> (cells: ChunkCells, result: Result) {
    let rows = firstRow..<firstRow + count
    if let room, let place = unsafe room.place(rows) {
      var span = unsafe place.mutableSpan
      let result = body(&span)
      return (.placed(room, rows: rows), result)
    }
    var result: Result?
    let values = unsafe [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = count
      var span = unsafe UnsafeMutableBufferPointer(start: buffer.baseAddress, count: count)
        .mutableSpan
      result = body(&span)
    }
    guard let result else { preconditionFailure("the body was called") }
    return (.own(values), result)
  }

  /// The cells as an array of their own.
  consuming func array() -> [Value] {
    switch self {
    case .own(let values): values
    case .placed(let room, let rows): unsafe room.place(rows).map { unsafe Array($0) } ?? []
    }
  }
}
