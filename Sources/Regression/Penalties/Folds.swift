/// A division of rows into folds, each held out once.
public struct Folds: Sendable {
  /// The fold of each row (n).
  public let numbers: [UInt8]
  /// The number of folds, numbered from 0; each has a row.
  public let count: Int

  /// Takes a fold number for each row.
  ///
  /// - Throws: `tooFewFolds` where all rows are in one, `emptyFold` for a number below the largest
  ///   that no row has.
  public init(_ numbers: [UInt8]) throws(CrossValidationError) {
    let count = 1 + Int(numbers.max() ?? 0)
    guard count > 1 else { throw .tooFewFolds }
    var seen = [Bool](repeating: false, count: count)
    for number in numbers { seen[Int(number)] = true }
    if let empty = seen.firstIndex(of: false) { throw .emptyFold(empty) }
    self.numbers = numbers
    self.count = count
  }

  /// The weights (n) with 0 for the rows of a fold.
  func holdingOut(_ fold: Int, from weights: [Double]?) -> [Double] {
    numbers.indices.map { numbers[$0] == UInt8(fold) ? 0 : weights?[$0] ?? 1 }
  }

  /// The sum of the weights (n; nil is 1 each) of each fold's rows.
  func weights(_ weights: [Double]?) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    let numbers = numbers.span
    if let weights {
      let weights = weights.span
      for row in numbers.indices { sums[Int(numbers[row])] += weights[row] }
    } else {
      for row in numbers.indices { sums[Int(numbers[row])] += 1 }
    }
    return sums
  }

  /// The rows of a fold.
  func rows(of fold: Int) -> [Int] { numbers.indices.filter { numbers[$0] == UInt8(fold) } }
}
