import CKernels

/// Columns of small whole numbers, as counts are: what training learns of them needs no more than how often each comes, and
/// each is standardised once.
///
/// To learn and encode a million leads takes an eighth less work so. Of few rows it makes no difference, and their last digits
/// stay as they were.
enum WholeNumbers {
  /// The rows from which on columns are looked at so.
  static let fewestRows = 50_000

  /// The largest number.
  static let last = 4095

  /// How often each number comes, and how many of these rows converted.
  struct Counts {
    /// The numbers that come, ascending, and NaN for missing ones.
    private(set) var values: [Double] = []
    /// The leads of each.
    private(set) var leads: [Double] = []
    /// The share of them that converted.
    private(set) var shares: [Double] = []

    /// - Parameter counts: Eight a number, and for missing ones behind the last, as `winnow_count_whole` fills them.
    init(_ counts: [UInt32]) {
      for number in 0...WholeNumbers.last + 1 {
        let own = counts[8 * number..<8 * number + 8]
        let all = own.reduce(0) { $0 + Int($1) }
        guard all > 0 else { continue }
        let converted = stride(from: own.startIndex + 1, to: own.endIndex, by: 2).reduce(0) {
          $0 + Int(own[$1])
        }
        values.append(number > WholeNumbers.last ? .nan : Double(number))
        leads.append(Double(all))
        shares.append(Double(converted) / Double(all))
      }
    }
  }
}

extension FieldNumbers {
  /// The field's numbers as counts; nil where there are few rows, or other numbers.
  ///
  /// - Parameter outcomes: 0 or 1 a row.
  func wholeNumbers(outcomes: [Double]) -> WholeNumbers.Counts? {
    var counts = [UInt32](repeating: 0, count: 8 * (WholeNumbers.last + 2))
    return count(outcomes, WholeNumbers.last, into: &counts) ? WholeNumbers.Counts(counts) : nil
  }
}

extension NumericEncoding {
  /// What each whole number from 0 on becomes, up to one that is held to the highest, and at last a missing one; nil where
  /// training saw others.
  var wholeNumbers: [Double]? {
    guard lowest >= 0, highest <= Double(WholeNumbers.last) else { return nil }
    var table = (0...Int(highest.rounded(.up))).map { Double($0) } + [.nan]
    standardize(&table)
    return table
  }
}
