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
    /// The leads (sum of weights) of each.
    private(set) var leads: [Double] = []
    /// The share of them that converted.
    private(set) var shares: [Double] = []

    /// - Parameter sums: Eight a number, and for missing ones behind the last, as `winnow_count_whole` fills them.
    init(_ sums: [Double]) {
      for number in 0...WholeNumbers.last + 1 {
        let own = sums[8 * number..<8 * number + 8]
        let (even, odd) = (own.startIndex, own.startIndex + 1)
        func total(_ first: Int) -> Double {
          (own[first] + own[first + 2]) + (own[first + 4] + own[first + 6])
        }
        let count = total(even)
        guard count > 0 else { continue }
        values.append(number > WholeNumbers.last ? .nan : Double(number))
        leads.append(count)
        shares.append(total(odd) / count)
      }
    }
  }
}

extension FieldNumbers {
  /// The field's numbers as counts; nil where there are few rows, or other numbers.
  ///
  /// - Parameters:
  ///   - outcomes: 0 or 1 a row.
  ///   - weights: One a row; nil where each is 1.
  func wholeNumbers(outcomes: [Double], weights: [Double]?) -> WholeNumbers.Counts? {
    var sums = [Double](repeating: 0, count: 8 * (WholeNumbers.last + 2))
    return count(outcomes, weights, WholeNumbers.last, into: &sums)
      ? WholeNumbers.Counts(sums) : nil
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
