import Evaluation
import TestSupport
import Testing

@Suite("Metrics against 40 digits")
struct MetricsReferenceTests {
  let tolerance = 1e-12

  @Test("discrimination agrees", arguments: try MetricsReference.all())
  func discrimination(reference: MetricsReference.Case) throws {
    let leads = try reference.leads()
    let area = try AreaUnderCurve(leads)
    expectAgreement(
      [area.value, area.variance ?? .nan, try KolmogorovSmirnov(leads).value],
      [reference.auc, reference.aucVariance, reference.ks], relativeTolerance: tolerance)
    expectAgreement(
      [try Gains.captured(best: 0.1, of: leads), try Gains.captured(best: 0.2, of: leads)],
      [reference.captured10, reference.captured20], relativeTolerance: tolerance)
  }

  @Test("losses agree", arguments: try MetricsReference.all())
  func losses(reference: MetricsReference.Case) throws {
    let leads = try reference.leads()
    let (loss, brier) = (Losses.logLoss(leads), Losses.brier(leads))
    expectAgreement(
      [
        loss.value, loss.standardError ?? .nan, loss.interval?.low ?? .nan, brier.value,
        brier.standardError ?? .nan, Losses.baseRateLogLoss(leads),
      ],
      [
        reference.logLoss, reference.logLossError, reference.logLossLow, reference.brier,
        reference.brierError, reference.baseRateLogLoss,
      ], relativeTolerance: tolerance)
  }

  @Test("calibration agrees", arguments: try MetricsReference.all())
  func calibration(reference: MetricsReference.Case) throws {
    let leads = try reference.leads()
    let fit = try CalibrationFit(leads)
    let shift = try CalibrationFit.inTheLarge(leads)
    expectAgreement(
      [
        fit.intercept.value, fit.intercept.standardError ?? .nan, fit.slope.value,
        fit.slope.standardError ?? .nan,
      ], reference.calibration, relativeTolerance: 1e-10)
    expectAgreement(
      [shift.value, shift.standardError ?? .nan], reference.inTheLarge, relativeTolerance: 1e-10)
    expectAgreement(
      [ObservedToExpected(leads).value ?? .nan], [reference.observedToExpected],
      relativeTolerance: tolerance)
  }

  @Test("the reliability table agrees", arguments: try MetricsReference.all())
  func reliability(reference: MetricsReference.Case) throws {
    let reliability = Reliability(try reference.leads())
    #expect(reliability.rows.count == reference.reliability.count)
    for (row, expected) in zip(reliability.rows, reference.reliability) {
      expectAgreement(
        [
          row.leads, row.converted, row.predicted, row.observed, row.interval.low,
          row.interval.high,
        ],
        expected, relativeTolerance: tolerance)
    }
    expectAgreement(
      [reliability.expectedCalibrationError], [reference.ece], relativeTolerance: tolerance)
  }

  @Test("paired differences agree", arguments: try MetricsReference.all())
  func differences(reference: MetricsReference.Case) throws {
    let paired = try PairedLeads(reference.leads(), reference.secondLeads())
    let area = try DeLongTest(paired: paired)
    expectAgreement(
      [area.statistic ?? .nan, area.pValue ?? .nan], [reference.aucZ, reference.aucP],
      relativeTolerance: 1e-11)
    for (found, expected) in [
      (LossDifference.logLoss(paired), reference.logLossDifference),
      (LossDifference.brier(paired), reference.brierDifference),
    ] {
      expectAgreement(
        [found.difference.value, found.difference.standardError ?? .nan, found.pValue ?? .nan],
        expected, relativeTolerance: 1e-11)
    }
  }

  @Test("the population stability index agrees", arguments: try MetricsReference.all())
  func stability(reference: MetricsReference.Case) throws {
    let found = PopulationStability(
      before: try reference.leads(), after: try reference.secondLeads())
    expectAgreement([found.value], [reference.stability], relativeTolerance: 1e-11)
  }
}
