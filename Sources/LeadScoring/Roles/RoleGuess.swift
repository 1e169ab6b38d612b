import Tables

/// Names that special columns usually have, in English and German, as `foldedName` gives them.
enum UsualNames {
  static let outcome = [
    "outcome", "leadoutcome", "dealoutcome", "converted", "isconverted", "won", "iswon", "status",
    "leadstatus", "stage", "dealstage", "result", "target", "ergebnis", "abschluss", "ausgang",
    "konvertiert", "gewonnen",
  ]
  static let identifier = [
    "leadid", "id", "prospectid", "recordid", "contactid", "customerid", "accountid", "dealid",
    "opportunityid", "uuid", "guid", "leadnumber", "leadnummer", "leadnr", "kundennummer",
    "kundennr",
    "vorgangsnummer", "datensatzid", "interessentennummer",
  ]
  static let created = [
    "createdat", "created", "createdate", "createddate", "creationdate", "datecreated", "createdon",
    "createdtime", "leadcreated", "leadcreatedat", "leadcreateddate", "recordcreated", "opened",
    "erstelltam", "erstellt", "erstelldatum", "erstellungsdatum", "angelegtam", "angelegt",
    "anlagedatum", "eingangsdatum", "eingang",
  ]
}

extension ColumnRoles {
  /// Finds the columns that name a lead and its date of creation, where the user did not.
  static func guess(
    in table: Table, identifier: String?, created: String?, weight: String?, taken: Set<String>
  ) throws(RoleError) -> ColumnRoles {
    var named: [String: String] = [:]
    for (name, option) in [(identifier, "--id"), (created, "--created"), (weight, "--weight")] {
      guard let name else { continue }
      if let other = named.updateValue(option, forKey: name) {
        throw .twoRoles(column: name, first: other, second: option)
      }
      guard table[name] != nil else {
        throw .unknownColumn(name, option: option, found: table.columnNames)
      }
      guard !taken.contains(name) else {
        throw .twoRoles(column: name, first: option, second: "--outcome or --exclude")
      }
    }
    if let created, let column = table[created], column.kind != .date {
      throw .notDates(column: created, found: column.kind.rawValue)
    }
    let free = table.columns.filter { !taken.contains($0.name) && $0.name != weight }
    return ColumnRoles(
      identifier: identifier
        ?? firstUsual(UsualNames.identifier, in: free) { IdentifierCheck.isNearlyUnique($0) },
      created: created ?? firstUsual(UsualNames.created, in: free) { $0.kind == .date },
      weight: weight)
  }

  private static func firstUsual(
    _ names: [String], in columns: [Column], where fits: (Column) -> Bool
  ) -> String? {
    for name in names {
      if let column = columns.first(where: { foldedName($0.name) == name && fits($0) }) {
        return column.name
      }
    }
    return nil
  }
}
