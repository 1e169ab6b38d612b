import Evaluation
import Foundation
import TestSupport
import Testing

/// The patients of pROC's aSAH data, whose results pROC's own tests publish.
@Suite("DeLong's method on aSAH", .enabled(if: SharedData.isAvailable))
struct DeLongTests {
  /// `expected.json`, as far as these tests read it.
  struct Expected: Decodable {
    let aSAH_delong: Case

    struct Case: Decodable {
      let auc: [String: Double]
      let ci95_ndka: [Double]
      let ci95_ndka_female_only: [Double]
      let paired: [String: Paired]
      let unpaired: [String: Unpaired]
      let computed: Computed

      enum CodingKeys: String, CodingKey {
        case auc, ci95_ndka, ci95_ndka_female_only, paired, unpaired
        case computed = "computed_here_pROC_1.18.0"
      }
    }
    struct Paired: Decodable {
      let z: Double
      let p: Double
      let diff_ci95: [Double]
      let p_greater: Double?
    }
    struct Unpaired: Decodable {
      let d: Double
      let p: Double
    }
    struct Computed: Decodable {
      let auc_s100b: Double
      let `var`: [String: Double]
      let ci95_wfns: [Double]
      let ci95_s100b: [Double]
    }
  }

  let expected: Expected.Case
  let names: [String]
  let rows: [[String]]

  init() throws {
    let json = try Data(contentsOf: SharedData.file("reference-numbers/expected.json"))
    expected = try JSONDecoder().decode(Expected.self, from: json).aSAH_delong
    let text = try String(
      contentsOf: SharedData.file("reference-numbers/aSAH.csv"), encoding: .utf8)
    let lines = text.replacingOccurrences(of: "\"", with: "").split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    names = lines[0]
    rows = Array(lines.dropFirst())
  }

  /// The leads of a marker; its values are ranks only, so they stand as linear predictors.
  func leads(_ marker: String, where condition: ([String]) -> Bool = { _ in true }) throws
    -> ScoredLeads
  {
    let column = try #require(names.firstIndex(of: marker))
    let outcome = try #require(names.firstIndex(of: "outcome"))
    let chosen = rows.filter(condition)
    return try ScoredLeads(
      linearPredictors: chosen.map { try #require(Double($0[column])) },
      outcomes: chosen.map { $0[outcome] == "Poor" })
  }

  @Test("areas, variances and intervals are those published")
  func areas() throws {
    let areas = try ["wfns", "s100b", "ndka"].map { try AreaUnderCurve(leads($0)) }
    let published = try [
      #require(expected.auc["wfns"]), expected.computed.auc_s100b, #require(expected.auc["ndka"]),
    ]
    expectAgreement(areas.map(\.value), published, relativeTolerance: 1e-14)
    expectAgreement(
      areas.map { $0.variance ?? .nan },
      try ["wfns", "s100b", "ndka"].map { try #require(expected.computed.var[$0]) },
      relativeTolerance: 1e-13)
    for (area, interval) in [
      (areas[0], expected.computed.ci95_wfns), (areas[1], expected.computed.ci95_s100b),
      (areas[2], [expected.ci95_ndka[0], expected.ci95_ndka[2]]),
    ] {
      let found = try #require(area.estimate.interval)
      expectAgreement([found.low, found.high], interval, relativeTolerance: 1e-13)
    }
  }

  @Test("the interval over women only is the published one")
  func women() throws {
    let gender = try #require(names.firstIndex(of: "gender"))
    let area = try AreaUnderCurve(leads("ndka") { $0[gender] == "Female" })
    let interval = try #require(area.estimate.interval)
    expectAgreement(
      [interval.low, area.value, interval.high], expected.ci95_ndka_female_only,
      relativeTolerance: 1e-10)
  }

  @Test(
    "paired and unpaired tests are those published",
    arguments: [("wfns", "s100b"), ("wfns", "ndka"), ("ndka", "s100b")])
  func tests(first: String, second: String) throws {
    let paired = try #require(expected.paired["\(first)_vs_\(second)"])
    let found = try DeLongTest(paired: PairedLeads(leads(first), leads(second)))
    let interval = try #require(found.difference.interval)
    expectAgreement(
      [found.statistic ?? .nan, found.pValue ?? .nan], [paired.z, paired.p],
      relativeTolerance: 1e-12)
    expectAgreement([interval.low, interval.high], paired.diff_ci95, relativeTolerance: 1e-12)
    if let greater = paired.p_greater {
      expectAgreement([found.pGreater ?? .nan], [greater], relativeTolerance: 1e-12)
    }
    let unpaired = try #require(expected.unpaired["\(first)_vs_\(second)"])
    let other = try DeLongTest(unpaired: leads(first), leads(second))
    expectAgreement(
      [other.statistic ?? .nan, other.pValue ?? .nan], [unpaired.d, unpaired.p],
      relativeTolerance: 1e-12)
  }
}
