import Testing

@testable import Regression

@Suite("Separation")
struct SeparationTests {
  private func separated(
    _ columns: [[Double]], _ names: [String], _ outcomes: [Double]
  ) -> [String]? {
    do throws(MaximumLikelihoodError) {
      _ = try MaximumLikelihood(columns: columns, names: names, outcomes: outcomes)
      return nil
    } catch {
      guard case .separated(let columns) = error else { return ["another error: \(error)"] }
      return columns
    }
  }

  @Test("names one column above whose border every lead converted, touching or not")
  func oneColumn() {
    let data = MadeUpData(rows: 100, columns: 3, seed: 7)
    for gap in [0.0, 1.0] {
      let column = (0..<100).map {
        data.outcomes[$0] == 1 ? 5 + gap + Double($0 % 7) : 5 - Double($0 % 5)
      }
      #expect(
        separated(data.columns + [column], ["a", "b", "c", "signed"], data.outcomes) == ["signed"])
    }
  }

  @Test("names a level in which every lead converted, among fields that say little")
  func levelWithConversionsOnly() {
    let data = MadeUpData(rows: 120, columns: 2, seed: 8)
    let converted = data.outcomes.indices.filter { data.outcomes[$0] == 1 }.prefix(4)
    let level = (0..<120).map { converted.contains($0) ? 1.0 : 0 }
    let other = (0..<120).map { $0 % 3 == 0 ? 1.0 : 0 }
    let found = separated(
      [data.columns[0], other, level, data.columns[1]], ["a", "other", "channel=fair", "b"],
      data.outcomes)
    #expect(found == ["channel=fair"])
  }

  @Test("names all levels of a field whose reference level has conversions only")
  func referenceLevelWithConversionsOnly() {
    let data = MadeUpData(rows: 120, columns: 2, seed: 8)
    let converted = Set(data.outcomes.indices.filter { data.outcomes[$0] == 1 }.prefix(5))
    let codes = (0..<120).map { converted.contains($0) ? 0 : 1 + $0 % 3 }
    let levels = (1...3).map { level in codes.map { $0 == level ? 1.0 : 0 } }
    let found = separated(
      data.columns + levels, ["a", "b", "x", "y", "z"], data.outcomes)
    #expect(found == ["x", "y", "z"])
  }

  @Test("names two columns that separate together but not alone", arguments: [0.0, 0.2])
  func twoColumns(gap: Double) {
    var data = MadeUpData(rows: 200, columns: 5, seed: 9)
    for i in 0..<200 {
      let sum = data.columns[1][i] - 2 * data.columns[3][i]
      data.outcomes[i] = sum > 0 ? 1 : 0
      data.columns[1][i] += sum > 0 ? gap : -gap
    }
    let found = separated(data.columns, ["a", "b", "c", "d", "e"], data.outcomes)
    #expect(found == ["b", "d"])
  }

  @Test("finds quasi-complete separation by two columns where most rows overlap")
  func quasiSeparationByTwo() {
    var data = MadeUpData(rows: 300, columns: 3, seed: 10)
    // Two flags; where both are set, every lead converted, and nothing else is certain.
    let first = (0..<300).map { $0 % 4 < 2 ? 1.0 : 0 }
    let second = (0..<300).map { $0 % 4 == 1 || $0 % 4 == 2 ? 1.0 : 0 }
    let both = zip(first, second).map { $0 * $1 }
    for i in 0..<300 where both[i] == 1 { data.outcomes[i] = 1 }
    #expect(
      separated(data.columns + [first, second], ["a", "b", "c", "x", "y"], data.outcomes) == nil)
    #expect(
      separated(
        data.columns + [first, second, both], ["a", "b", "c", "x", "y", "xy"], data.outcomes)
        == ["xy"])
  }

  @Test("fits data that one overlapping row keeps from separation", arguments: [4, 12, 50])
  func oneOverlappingRow(count: Int) throws {
    var data = MadeUpData(rows: 200, columns: 3, seed: 11)
    for i in 0..<200 {
      let sum = data.columns[0][i] + data.columns[1][i]
      data.outcomes[i] = sum > 0 ? 1 : 0
      data.columns[0][i] += sum > 0 ? 0.05 : -0.05
    }
    #expect(separated(data.columns, ["a", "b", "c"], data.outcomes) == ["a", "b"])
    // A conversion amid the others that are nearest to the border: no plane parts it from them.
    let nearest = (0..<200).filter { data.outcomes[$0] == 0 }
      .sorted {
        data.columns[0][$0] + data.columns[1][$0] > data.columns[0][$1] + data.columns[1][$1]
      }
      .prefix(count)
    for j in 0..<3 {
      data.columns[j].append(nearest.map { data.columns[j][$0] }.reduce(0, +) / Double(count))
    }
    data.outcomes.append(1)

    let fit = try MaximumLikelihood(
      columns: data.columns, names: ["a", "b", "c"], outcomes: data.outcomes)
    let residual = zip(data.outcomes, LogisticLoss.probabilities(fit.eta)).map { $0 - $1 }
    for column in data.columns + [.init(repeating: 1, count: 201)] {
      #expect(abs(dot(column, residual)) < 1e-9)
    }
  }

  @Test("is told of a share as an outcome that no direction can foretell")
  func shares() throws {
    let columns = [[-2.0, -1, 1, 2, 3]]
    #expect(separated(columns, ["a"], [0, 0, 1, 1, 1]) == ["a"])
    #expect(separated(columns, ["a"], [0, 0.5, 1, 0.5, 1]) == nil)
  }
}
