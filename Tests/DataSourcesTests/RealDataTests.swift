import Tables
import TestSupport
import Testing

@testable import DataSources

@Suite("Real exports", .enabled(if: SharedData.isAvailable))
struct RealDataTests {
  private func read(_ path: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws
    -> LeadFile
  {
    var options = ReadingOptions()
    change(&options)
    return try LeadReader.read(path: SharedData.file(path).path, options: options)
  }

  @Test("CR CR LF is one line end: both copies of the X Education leads are one table")
  func xEducation() throws {
    let clean = try read("x-education-leads/Leads.csv")
    let stray = try read("x-education-leads/Leads-crcrlf.csv")
    #expect(clean.table.rowCount == 9240)
    #expect(clean.table.columns.count == 37)
    #expect(clean.table.columnNames == stray.table.columnNames)
    for name in clean.table.columnNames {
      #expect(clean.cells(name) == stray.cells(name), "\(name)")
    }
    #expect(clean.sha256 == "1426dffd94246b8c7f08d1080d9c04115a0c4b67eadcba1ed9d2fa10d3762802")
    #expect(stray.sha256 == "a15b98948fe739d892e4d3d89cea3c84e9a117e8d20d5d1846a9b04cba3b23d9")
    #expect(clean.kind("Asymmetrique Activity Index") == .category)
    #expect(clean.kind("Magazine") == .flag)
    #expect(clean.cells("Specialization").contains("Banking, Investment And Insurance"))
    #expect(clean.cells("Lead Quality").count { $0 == nil } == 4767)
    #expect(clean.cells("Converted").count { $0 == "1" } == 3561)
    let told = try read("x-education-leads/Leads.csv") { $0.missingWords = ["Select"] }
    #expect(told.cells("City").count { $0 == nil } == 2249 + 1420)
  }

  @Test("two exports of the same customers give the same incomes and dates")
  func customerPersonality() throws {
    let european = try read("customer-personality/marketing_campaign.csv")
    let american = try read("customer-personality/marketing_data.csv")
    #expect(european.table.columnNames.first == "ID")
    #expect(american.detection.dateOrder == .monthFirst)
    let order = Dictionary(zip(european.numbers("ID"), 0...)) { first, _ in first }
    let rows = american.numbers("ID").map { order[$0] }
    for name in ["Income", "Dt_Customer", "Year_Birth", "MntWines"] {
      let expected = european.numbers(name)
      #expect(expected.count == 2240)
      for (row, value) in zip(rows, american.numbers(name)) {
        let other = expected[try #require(row)]
        #expect(value == other || (value.isNaN && other.isNaN), "\(name)")
      }
    }
    #expect(american.numbers("Income").count(where: \.isNaN) == 24)
    #expect(american.cells("Response").count { $0 == "1" } == 334)
  }

  @Test("a blank among numbers is missing: Telco's TotalCharges")
  func telco() throws {
    let file = try read("ibm-telco-churn/Telco-Customer-Churn.csv")
    #expect(file.kind("TotalCharges") == .numeric)
    #expect(file.numbers("TotalCharges").count(where: \.isNaN) == 11)
    #expect(file.kind("SeniorCitizen") == .flag)
    #expect(file.cells("Churn").count { $0 == "Yes" } == 1869)
  }

  @Test("semicolons with quoted words: the bank's full file")
  func bank() throws {
    let file = try read("uci-bank-marketing/bank-full.csv")
    #expect(file.detection.separator == UInt8(ascii: ";"))
    #expect(file.table.rowCount == 45_211)
    #expect(file.table.columns.count == 17)
    #expect(file.cells("y").count { $0 == "yes" } == 5289)
    #expect(file.numbers("pdays").count { $0 == -1 } == 36_954)
    #expect(file.cells("poutcome").count { $0 == "unknown" } == 36_959)
  }

  @Test("commas and blanks without header: the census")
  func adult() throws {
    let file = try read("uci-adult/adult.data")
    #expect(!file.detection.hasHeader)
    #expect(file.table.rowCount == 32_561)
    #expect(file.cells("column_15").count { $0 == ">50K" } == 7841)
    #expect(file.cells("column_2").count { $0 == nil } == 1836)
    #expect(file.cells("column_7").count { $0 == nil } == 1843)
    #expect(file.cells("column_14").count { $0 == nil } == 583)
    #expect(file.numbers("column_1").prefix(3) == [39, 50, 38])
    let test = try read("uci-adult/adult.test") { $0.skippedLines = 1 }
    #expect(test.table.rowCount == 16_281)
    #expect(Set(test.cells("column_15")) == ["<=50K.", ">50K."])
  }

  @Test("a junk line above the table is named, with what to do")
  func junkLine() throws {
    do throws(SourceError) {
      _ = try LeadReader.read(path: SharedData.file("uci-adult/adult.test").path)
      Issue.record("read")
    } catch {
      #expect(error.description.contains("line 2: 15 fields where 1 is expected"))
      #expect(error.description.contains("--skip-lines 1"))
    }
  }

  @Test("blanks separate if told, several as one: German credit")
  func germanCredit() throws {
    let file = try read("uci-german-credit/german.data") { $0.separator = UInt8(ascii: " ") }
    #expect(!file.detection.hasHeader)
    #expect(file.table.rowCount == 1000)
    #expect(file.table.columns.count == 21)
    #expect(file.numbers("column_21").count { $0 == 2 } == 300)
    #expect(file.cells("column_4").contains("A410"))
  }

  @Test("commas and semicolons give the same visits")
  func onlineShoppers() throws {
    let comma = try read("uci-online-shoppers/online_shoppers_intention.csv")
    let semicolon = try read("uci-online-shoppers/online_shoppers_intention-semicolon.csv")
    for name in comma.table.columnNames {
      #expect(comma.cells(name) == semicolon.cells(name), "\(name)")
    }
    #expect(comma.cells("Revenue").count { $0 == "TRUE" } == 1908)
  }

  @Test("an empty first name in the header gets one")
  func travelInsurance() throws {
    let file = try read("travel-insurance/TravelInsurancePrediction.csv")
    #expect(file.table.columnNames.first == "column_1")
    #expect(
      file.detection.renamedColumns == [RenamedColumn(position: 1, header: "", name: "column_1")])
    #expect(file.cells("Employment Type").contains("Private Sector/Self Employed"))
  }

  @Test("blanks and single quotes if told: the Spector data")
  func spector() throws {
    let file = try read("reference-numbers/spector.csv") {
      $0.separator = UInt8(ascii: " ")
      $0.quote = UInt8(ascii: "'")
    }
    #expect(file.table.columnNames == ["OBS", "GPA", "TUCE", "PSI", "GRADE"])
    #expect(file.table.rowCount == 32)
    #expect(file.numbers("GPA").first == 2.66)
  }
}
