import DataSources
import FeatureEncoding
import TestSupport
import Testing

@testable import LeadScoring

@Suite("Words and lists in real data", .enabled(if: SharedData.isAvailable))
struct RealColumnsTests {
  /// The fields that columns of a file become.
  private func fields(_ path: String) throws -> [FieldEncoding] {
    let table = try LeadReader.read(
      path: SharedData.file(path).path, options: ReadingOptions()
    ).table
    let rows = Array(0..<table.rowCount)
    let encoder = try FeatureEncoder(
      learning: table, columns: table.columnNames, rows: rows, weights: rows.map { _ in 1 },
      form: .curves(knots: 64), dateReference: .day(20_000))
    return encoder.fields
  }

  @Test(
    "no column is taken for a list: none of these holds several values",
    arguments: [
      "x-education-leads/Leads.csv", "uci-bank-marketing/bank-full.csv", "uci-adult/adult.data",
      "ibm-telco-churn/Telco-Customer-Churn.csv",
      "mlc-churn/mlc_churn.csv", "uci-german-credit/german.data",
      "uci-online-shoppers/online_shoppers_intention.csv",
      "customer-personality/marketing_campaign.csv", "customer-personality/marketing_data.csv",
      "travel-insurance/TravelInsurancePrediction.csv",
    ])
  func noLists(path: String) throws {
    for field in try fields(path) {
      if case .list = field.rule { Issue.record("\(field.name) is read as a list") }
    }
  }

  @Test("words are found where levels share them, and not where they do not")
  func words() throws {
    var names: Set<String> = []
    for field in try fields("x-education-leads/Leads.csv") {
      if case .words = field.rule {
        names.insert(field.name)
      }
    }
    #expect(names.isSuperset(of: ["Tags", "Last Notable Activity"]))
    #expect(names.isDisjoint(with: ["City", "Lead Origin", "Lead Quality", "Specialization"]))
    for path in ["uci-bank-marketing/bank-full.csv", "mlc-churn/mlc_churn.csv"] {
      for field in try fields(path) {
        if case .words = field.rule { Issue.record("\(field.name) has words") }
      }
    }
  }
}
