import CKernels
import Parallelism
import Tables

/// Rows of a table, each of which is known to be there.
struct TableRows: Sendable {
  /// The numbers of the rows, in any order.
  let numbers: [Int]
  /// How many rows the table has.
  let tableCount: Int

  /// - Precondition: The table has these rows.
  init(_ numbers: [Int], of table: Table) {
    let last = table.rowCount - 1
    precondition(
      Parallel.allSatisfy(numbers.count) { places in
        numbers[places].allSatisfy { $0 >= 0 && $0 <= last }
      }, "a row that the table does not have")
    self.numbers = numbers
    tableCount = table.rowCount
  }

  /// Gives a body the numbers of the rows at some places.
  @unsafe func with(_ places: Range<Int>, _ body: (UnsafePointer<Int64>, Int) -> Void) {
    unsafe numbers[places].withUnsafeBufferPointer { numbers in
      unsafe numbers.withMemoryRebound(to: Int64.self) { numbers in
        if let base = numbers.baseAddress { unsafe body(base, numbers.count) }
      }
    }
  }
}

extension TableRows {
  /// The leads (sums of weights) by the codes of their rows.
  ///
  /// - Parameters:
  ///   - codes: Those of all rows of the table, below `count`.
  ///   - weights: One a row; nil where each is 1.
  func leads(byCodes codes: [UInt8], count: Int, weights: [Double]?) -> [Double] {
    unsafe leads(codes, count, weights) {
      unsafe winnow_code_weights_8(codes, $0, weights, $1, count, $2)
    }
  }

  /// The same of codes of levels.
  func leads(byCodes codes: LevelCodes, count: Int, weights: [Double]?) -> [Double] {
    switch codes.storage {
    case .shorts(let codes):
      unsafe leads(codes, count, weights) {
        unsafe winnow_code_weights_16(codes, $0, weights, $1, count, $2)
      }
    case .words(let codes):
      unsafe leads(codes, count, weights) {
        unsafe winnow_code_weights_32(codes, $0, weights, $1, count, $2)
      }
    }
  }

  /// - Parameter add: Adds the weights of so many rows to four tables.
  @unsafe private func leads<Code: FixedWidthInteger>(
    _ codes: [Code], _ count: Int, _ weights: [Double]?,
    _ add: (UnsafePointer<Int64>, Int, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    precondition(
      codes.count == tableCount && weights.map { $0.count == numbers.count } ?? true
        && codes.reduce(0, max) < count, "a code for each row, and a weight")
    var sums = [Double](repeating: 0, count: 4 * count)
    unsafe with(numbers.indices) { rows, rowCount in unsafe add(rows, rowCount, &sums) }
    return (0..<count).map {
      (sums[$0] + sums[count + $0]) + (sums[2 * count + $0] + sums[3 * count + $0])
    }
  }
}

/// What a numeric field says of some rows of a table: numbers, or the days from a date to the lead's reference date.
struct FieldNumbers: Sendable {
  private let cells: Numbers
  private let rows: TableRows
  private let reference: ReferenceDays?

  /// - Parameters:
  ///   - cells: Those of all rows of the table.
  ///   - before: From where the cells, then days, are counted back.
  init(_ cells: Numbers, rows: TableRows, before reference: ReferenceDays? = nil) {
    precondition(
      cells.count == rows.tableCount && reference?.days.map { $0.count == cells.count } ?? true,
      "cells of all rows")
    self.cells = cells
    self.rows = rows
    self.reference = reference
  }

  /// How many rows there are.
  var count: Int { rows.numbers.count }

  /// The numbers of all the rows, in their order.
  var all: [Double] {
    unsafe [Double](unsafeUninitializedCapacity: rows.numbers.count) { buffer, count in
      count = rows.numbers.count
      if let base = buffer.baseAddress { unsafe write(0..<count, to: base) }
    }
  }

  /// Writes the numbers of the rows at some places to the front of an array.
  func write(_ places: Range<Int>, to target: inout [Double]) {
    precondition(target.count >= places.count, "room for the numbers")
    unsafe target.withUnsafeMutableBufferPointer {
      if let base = $0.baseAddress { unsafe write(places, to: base) }
    }
  }

  /// Counts rows by their numbers and outcomes (`winnow_count_whole`).
  ///
  /// - Returns: False where there are few rows, or numbers are days, or any is not a whole one of 0 to `last`.
  func count(_ outcomes: [Double], _ last: Int, into counts: inout [UInt32]) -> Bool {
    let rowCount = rows.numbers.count
    guard reference == nil, WholeNumbers.fewestRows...Int(UInt32.max) ~= rowCount else {
      return false
    }
    precondition(
      outcomes.count == rowCount && counts.count == 8 * (last + 2),
      "an outcome for each row, and room")
    var areWhole = false
    unsafe rows.with(rows.numbers.indices) { rows, count in
      unsafe cells.withCells { cells in
        areWhole =
          unsafe winnow_count_whole(cells, rows, outcomes, count, UInt32(last), &counts) != 0
      }
    }
    return areWhole
  }

  /// Sets the bit of those rows at some places whose number is missing.
  func markMissing(_ places: Range<Int>, _ bits: MarkBlocks.Bits) {
    unsafe rows.with(places) { rows, count in
      unsafe withCells { cells, references in
        unsafe winnow_mark_missing(cells, references, rows, count, bits.bit, bits.bytes)
      }
    }
  }

  @unsafe private func write(_ places: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    unsafe rows.with(places) { rows, count in
      unsafe withCells { cells, references in
        if let reference {
          unsafe winnow_pick_before(cells, references, reference.day, rows, count, target)
        } else {
          unsafe winnow_pick(cells, rows, count, target)
        }
      }
    }
  }

  /// Gives a body the cells, and the days from which they count back where each row has its own.
  @unsafe private func withCells(
    _ body: (winnow_numbers, UnsafePointer<winnow_numbers>?) -> Void
  ) {
    unsafe cells.withCells { cells in
      guard let days = reference?.days else { return unsafe body(cells, nil) }
      unsafe days.withCells { days in
        unsafe withUnsafePointer(to: days) { unsafe body(cells, $0) }
      }
    }
  }
}
