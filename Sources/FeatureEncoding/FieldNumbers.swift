import CKernels
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
      numbers.allSatisfy { $0 >= 0 && $0 <= last }, "a row that the table does not have")
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

/// What a numeric field says of some rows of a table: numbers, or the days from a date to the lead's reference date.
struct FieldNumbers: Sendable {
  private let cells: [Double]
  private let rows: TableRows
  private let reference: ReferenceDays?

  /// - Parameters:
  ///   - cells: Those of all rows of the table.
  ///   - before: From where the cells, then days, are counted back.
  init(_ cells: [Double], rows: TableRows, before reference: ReferenceDays? = nil) {
    precondition(
      cells.count == rows.tableCount && reference?.days.map { $0.count == cells.count } ?? true,
      "cells of all rows")
    self.cells = cells
    self.rows = rows
    self.reference = reference
  }

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

  /// Sets the bit of those rows at some places whose number is missing.
  func markMissing(_ places: Range<Int>, _ bits: MarkBlocks.Bits) {
    unsafe rows.with(places) { rows, count in
      if let days = reference?.days {
        unsafe winnow_mark_missing(cells, days, rows, count, bits.bit, bits.bytes)
      } else {
        unsafe winnow_mark_missing(cells, nil, rows, count, bits.bit, bits.bytes)
      }
    }
  }

  @unsafe private func write(_ places: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    unsafe rows.with(places) { rows, count in
      if let reference {
        if let days = reference.days {
          unsafe winnow_pick_before(cells, days, 0, rows, count, target)
        } else {
          unsafe winnow_pick_before(cells, nil, reference.day, rows, count, target)
        }
      } else {
        unsafe winnow_pick(cells, rows, count, target)
      }
    }
  }
}
