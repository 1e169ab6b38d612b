extension Word {
  /// The first `count` of 2,000 job titles: rank, department, and from the 201st on a site.
  static func jobTitles(_ count: Int) -> [Word] {
    let plain = product(ranks, departments, joined: " ")
    let titles = (0..<(count + 199) / 200).flatMap { block in
      block == 0 ? plain : product(plain, [Word("Site \(block)", "Werk \(block)")], joined: ", ")
    }
    return Array(titles.prefix(count))
  }

  /// The most job titles there are.
  static let jobTitleLimit = 2000

  private static let ranks = [
    Word("Head of", "Leitung"), Word("Director of", "Direktion"), Word("VP", "Bereichsleitung"),
    Word("Senior Manager", "Hauptreferat"), Word("Manager", "Referat"),
    Word("Specialist", "Fachkraft"), Word("Analyst", "Analyse"),
    Word("Assistant", "Assistenz"), Word("Deputy", "Stellvertretung"),
    Word("Consultant", "Beratung"),
  ]

  private static let departments = [
    Word("Sales", "Vertrieb"), Word("Marketing", "Marketing"), Word("Purchasing", "Einkauf"),
    Word("Finance", "Finanzen"), Word("IT", "IT"), Word("Operations", "Betrieb"),
    Word("Production", "Produktion"), Word("Quality", "Qualität"),
    Word("Logistics", "Logistik"), Word("Research", "Forschung"),
    Word("Development", "Entwicklung"), Word("Human Resources", "Personal"),
    Word("Legal", "Recht"), Word("Customer Service", "Kundendienst"),
    Word("Data Protection", "Datenschutz"), Word("Controlling", "Controlling"),
    Word("Strategy", "Strategie"), Word("Facilities", "Gebäude"), Word("Training", "Schulung"),
    Word("Audit", "Prüfung"),
  ]

  /// Where a lead came from.
  static let leadSources = [
    Word("Web form", "Webformular"), Word("Webinar", "Webinar"), Word("Trade show", "Messe"),
    Word("Referral", "Empfehlung"), Word("Cold call", "Kaltakquise"),
    Word("Paid search", "Suchanzeige"), Word("Organic search", "Suchmaschine"),
    Word("Partner", "Partner"), Word("Social media", "Soziale Medien"),
    Word("Newsletter", "Newsletter"), Word("White paper", "Whitepaper"),
    Word("Demo request", "Vorführung gewünscht"), Word("Chat", "Chat"),
    Word("Purchased list", "Adresskauf"), Word("Direct mail", "Postwurf"),
  ]

  /// How high the contact stands.
  static let seniorities = [
    Word("Trainee", "Auszubildende"), Word("Junior", "Einsteiger"), Word("Staff", "Mitarbeit"),
    Word("Senior", "Erfahren"), Word("Team lead", "Teamleitung"),
    Word("Director", "Bereichsleitung"), Word("Board", "Geschäftsführung"),
  ]

  /// Campaigns of six years, twenty a year.
  static let campaigns = (0..<120).map { number in
    let text = String(number + 1000).dropFirst()
    return Word("CMP-\(2019 + number % 6)-\(text)", "KMP-\(2019 + number % 6)-\(text)")
  }

  /// What the lead used.
  static let devices = [
    Word("Desktop", "Desktop"), Word("Phone", "Handy"), Word("Tablet", "Tablet"),
    Word("TV", "Fernseher"), Word("Other", "Anderes Gerät"),
  ]

  /// How a lead's matter stands or ended.
  static let outcomes = [
    Word("converted", "gewonnen"), Word("lost", "verloren"), Word("churned", "gekündigt"),
    Word("open", "offen"),
  ]
}
