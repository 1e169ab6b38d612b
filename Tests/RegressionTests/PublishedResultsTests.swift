import Foundation
import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

@Suite("Published results", .enabled(if: SharedData.isAvailable))
struct PublishedResultsTests {
  struct Published: Decodable {
    struct Model: Decodable {
      let params, bse: [Double]
      let p, z: [Double]?
      let covariance: [[Double]]?
      let llf, llnull, deviance, nullDeviance, aic: Double?
      let moreDigits: MoreDigits?

      enum CodingKeys: String, CodingKey {
        case params, bse, p, z, llf, llnull, deviance, aic
        case covariance = "cov_params"
        case nullDeviance = "null_deviance"
        case moreDigits = "more_digits_computed_here_R_4.2.2"
      }
    }

    struct MoreDigits: Decodable {
      let params, bse: [Double]
      let deviance: Double
    }

    struct Paths: Decodable { let results: [[Double]] }

    let spector, infert1, infert2, esoph: Model
    let net: Paths

    enum CodingKeys: String, CodingKey {
      case spector = "spector_logit"
      case infert1 = "infert_model1"
      case infert2 = "infert_model2"
      case esoph = "esoph_model2"
      case net = "glmnet_binomial"
    }
  }

  private func published() throws -> Published {
    let url = SharedData.file("reference-numbers/expected.json")
    return try JSONDecoder().decode(Published.self, from: Data(contentsOf: url))
  }

  private func table(
    _ name: String, header: [String]? = nil, separator: Character = ","
  ) throws -> ReferenceTable {
    try ReferenceTable(
      contentsOf: SharedData.file("reference-numbers/\(name).csv"), header: header,
      separator: separator)
  }

  /// Expects numbers to be those published, each to half a unit of so many decimals.
  private func expectDigits(
    _ found: [Double], _ expected: [Double], decimals: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (value, reference) in zip(found, expected) {
      #expect(
        abs(value - reference) <= 0.5001 * pow(10, -Double(decimals)),
        "\(value) should round to \(reference)", sourceLocation: sourceLocation)
    }
  }

  @Test("Spector and Mazzeo's grades, by Stata")
  func spector() throws {
    let reference = try published().spector
    let table = try table("spector", separator: " ")
    // The header names one column less than a line has: the first is the line's number.
    let names = ["GPA", "TUCE", "PSI"]
    let fit = try MaximumLikelihood(
      columns: names.map { table.numbers($0) }, names: names, outcomes: table.numbers("GRADE"))

    let order = [1, 2, 3, 0]
    expectAgreement(
      order.map { fit.coefficients[$0].estimate }, reference.params, relativeTolerance: 1e-6)
    expectAgreement(
      order.map { fit.coefficients[$0].standardError }, reference.bse, relativeTolerance: 1e-6)
    for (a, row) in zip(order, try #require(reference.covariance)) {
      expectAgreement(order.map { fit.covariance[a, $0] }, row, relativeTolerance: 5e-6)
    }
    expectAgreement(
      [fit.logLikelihood, -fit.nullDeviance / 2, fit.aic],
      [
        try #require(reference.llf), try #require(reference.llnull), try #require(reference.aic),
      ], relativeTolerance: 1e-7)
  }

  @Test("the infertility study with two columns, by R")
  func infertility() throws {
    let table = try table("infert")
    let names = ["spontaneous", "induced"]
    let fit = try MaximumLikelihood(
      columns: names.map { table.numbers($0) }, names: names, outcomes: table.numbers("case"))
    try expect(fit, published().infert1, decimals: 4)
  }

  @Test("the infertility study with a factor of three levels, by R")
  func infertilityWithFactor() throws {
    let table = try table("infert")
    let education = table.text("education")
    let columns = [
      table.numbers("age"), table.numbers("parity"),
      education.map { $0 == "6-11yrs" ? 1 : 0 }, education.map { $0 == "12+ yrs" ? 1 : 0 },
      table.numbers("spontaneous"), table.numbers("induced"),
    ]
    let fit = try MaximumLikelihood(
      columns: columns, names: ["age", "parity", "6-11", "12+", "spontaneous", "induced"],
      outcomes: table.numbers("case"))
    try expect(fit, published().infert2, decimals: 5)
  }

  private func expect(
    _ fit: MaximumLikelihood, _ reference: Published.Model, decimals: Int
  ) throws {
    expectDigits(fit.coefficients.map(\.estimate), reference.params, decimals: decimals)
    expectDigits(fit.coefficients.map(\.standardError), reference.bse, decimals: 4)
    expectAgreement(
      fit.coefficients.map(\.z), try #require(reference.z), relativeTolerance: 6e-4)
    expectAgreement(
      fit.coefficients.map(\.p), try #require(reference.p), relativeTolerance: 4e-3)
    expectDigits(
      [fit.residualDeviance, fit.nullDeviance, fit.aic],
      [
        try #require(reference.deviance), try #require(reference.nullDeviance),
        try #require(reference.aic),
      ], decimals: 2)
    let more = try #require(reference.moreDigits)
    // R stopped when the deviance did, a step before its standard errors were final.
    expectAgreement(fit.coefficients.map(\.estimate), more.params, relativeTolerance: 3e-9)
    expectAgreement(fit.coefficients.map(\.standardError), more.bse, relativeTolerance: 3e-5)
    expectAgreement([fit.residualDeviance], [more.deviance], relativeTolerance: 1e-9)
  }

  @Test("esophageal cancer, with polynomial contrasts, from groups and from weighted cases, by R")
  func esoph() throws {
    let reference = try published().esoph
    let table = try table("esoph")
    let (cases, controls) = (table.numbers("ncases"), table.numbers("ncontrols"))
    let ages = ["25-34", "35-44", "45-54", "55-64", "65-74", "75+"]
    let alcohol = ["0-39g/day", "40-79", "80-119", "120+"]
    let tobacco = ["0-9g/day", "10-19", "20-29", "30+"]
    let contrasts = orthogonalPolynomials(of: ages.count)
    let age = try table.text("agegp").map { try #require(ages.firstIndex(of: $0)) }
    let columns =
      contrasts.map { contrast in age.map { contrast[$0] } } + [
        try table.text("tobgp").map { 1 + Double(try #require(tobacco.firstIndex(of: $0))) },
        try table.text("alcgp").map { 1 + Double(try #require(alcohol.firstIndex(of: $0))) },
      ]
    let names = ["L", "Q", "C", "4", "5", "tobacco", "alcohol"]
    let sizes = zip(cases, controls).map(+)

    let grouped = try MaximumLikelihood(
      columns: columns, names: names, outcomes: zip(cases, sizes).map { $0 / $1 }, weights: sizes)
    expectDigits(grouped.coefficients.map(\.estimate), reference.params, decimals: 5)
    // R stopped a step early: with a tight tolerance its standard errors end in 63 and 72 as well.
    for (value, published) in zip(grouped.coefficients.map(\.standardError), reference.bse) {
      #expect(abs(value - published) <= 0.6e-5)
    }
    expectDigits(
      [grouped.residualDeviance, grouped.nullDeviance],
      [try #require(reference.deviance), try #require(reference.nullDeviance)], decimals: 3)
    expectDigits([grouped.aic], [try #require(reference.aic)], decimals: 2)

    // Every group as two rows of weighted cases: the deviance is then against single persons, and the
    // groups' own shares take their part from it.
    let weighted = try MaximumLikelihood(
      columns: columns.map { $0 + $0 }, names: names,
      outcomes: cases.map { _ in 1 } + controls.map { _ in 0 }, weights: cases + controls)
    expectAgreement(
      weighted.coefficients.map(\.estimate), grouped.coefficients.map(\.estimate),
      relativeTolerance: 1e-11)
    var saturated = 0.0
    for (hits, size) in zip(cases, sizes) {
      for count in [hits, size - hits] where count > 0 { saturated += count * log(count / size) }
    }
    expectAgreement(
      [weighted.residualDeviance + 2 * saturated], [grouped.residualDeviance],
      relativeTolerance: 1e-11)
  }

  /// Orthonormal polynomials on 1...count of degrees 1 to count - 1, as R's `contr.poly`.
  private func orthogonalPolynomials(of count: Int) -> [[Double]] {
    var known = [[Double](repeating: 1 / Double(count).squareRoot(), count: count)]
    for degree in 1..<count {
      var values = (0..<count).map { pow(Double($0) - Double(count - 1) / 2, Double(degree)) }
      for _ in 0..<2 {
        for other in known { add(-dot(values, other), other, to: &values) }
      }
      let length = dot(values, values).squareRoot()
      known.append(values.map { $0 / length })
    }
    return Array(known.dropFirst())
  }
}
