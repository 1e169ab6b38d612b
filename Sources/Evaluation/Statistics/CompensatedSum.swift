/// A sum whose error does not grow with the number of terms.
///
/// Neumaier, *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen*, ZAMM 54
/// (1974): what each addition rounds off is added up beside it.
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  /// Adds a finite term.
  mutating func add(_ term: Double) {
    let total = sum + term
    lost += abs(sum) >= abs(term) ? (sum - total) + term : (term - total) + sum
    sum = total
  }

  /// The sum so far; infinite if a term was.
  var value: Double { sum.isFinite ? sum + lost : sum }
}
