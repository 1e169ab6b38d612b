/// The columns of a simulated history, in the order of its file.
struct SimulatedFields: Sendable {
  let numbers: [NumericField]
  let categories: [CategoryField]
  let flags: [FlagField]

  /// The logit of an average lead.
  let intercept: Double

  /// Whether there are a company, a created date and a last activity.
  let hasStory: Bool

  static let identifier = Word("lead_id", "Lead-Nr.")
  static let company = Word("company_name", "Firma")
  static let created = Word("created_at", "Erstellt am")
  static let lastActivity = Word("last_activity_at", "Letzte Aktivität")
  static let outcome = Word("outcome", "Ergebnis")

  /// What a CRM would hold.
  static func history(jobTitles: Int) -> SimulatedFields {
    SimulatedFields(
      numbers: historyNumbers,
      categories: [
        CategoryField(Word("country", "Land"), Word.countries, 1.1, missing: 0.03, spread: 0.35),
        CategoryField(
          Word("industry", "Branche"), Word.industries, 0.8, missing: 0.08, spread: 0.4),
        CategoryField(
          Word("job_title", "Position"), Word.jobTitles(jobTitles), 1, missing: 0.12,
          spread: 0.55),
        CategoryField(
          Word("lead_source", "Leadquelle"), Word.leadSources, 0.9, missing: 0, spread: 0.5),
        CategoryField(
          Word("region", "Vertriebsgebiet"), Word.regions, 0.3, missing: 0.02, spread: 0.2),
        CategoryField(
          Word("seniority", "Ebene"), Word.seniorities, 0.4, missing: 0.1, spread: 0.45),
        CategoryField(
          Word("campaign", "Kampagne"), Word.campaigns, 1, missing: 0.35, spread: 0.3),
        CategoryField(Word("device", "Gerät"), Word.devices, 0.7, missing: 0.05, spread: 0.15),
      ],
      flags: [
        FlagField(Word("has_phone", "Telefon vorhanden"), share: 0.55, missing: 0, effect: 0.3),
        FlagField(Word("opted_in", "Newsletter"), share: 0.35, missing: 0, effect: 0.45),
        FlagField(
          Word("uses_competitor", "Nutzt Wettbewerber"), share: 0.2, missing: 0.4, effect: -0.35),
      ],
      intercept: -1.95, hasStory: true)
  }

  private static let historyNumbers = [
    NumericField(Word("employees", "Mitarbeiter"), 0.35, missing: 0.15, -0.25, mean: 4, 1.6),
    NumericField(
      Word("annual_revenue", "Umsatz"), 0.25, missing: 0.3, -0.15, mean: 15.2, 1.79,
      germanDecimals: 2),
    NumericField(Word("page_views", "Seitenaufrufe"), 0.6, missing: 0.05, -0.3, mean: 1.7, 0.75),
    NumericField(
      Word("emails_opened", "Geöffnete E-Mails"), 0.4, missing: 0.1, -0.2, mean: 1.15, 0.6),
    NumericField(
      Word("emails_clicked", "Geklickte E-Mails"), 0.3, missing: 0.12, -0.1, mean: 0.6, 0.5),
    NumericField(
      Word("days_since_last_visit", "Tage seit letztem Besuch"), -0.55, missing: 0.2, -0.45,
      mean: 2.9, 1.1),
    NumericField(
      Word("session_minutes", "Sitzungsminuten"), 0.2, missing: 0.25, 0, mean: 1.75, 0.6,
      decimals: 2, germanDecimals: 2),
    NumericField(
      Word("company_age_years", "Firmenalter"), 0.05, missing: 0.4, 0.05, mean: 2.6, 0.7),
  ]

  /// What a linear model can express without a remainder: normal numbers whose effect is linear as
  /// they stand, categories with few and frequent levels, flags.
  static let linear = SimulatedFields(
    numbers: [
      NumericField(
        linear: Word("budget_gap", "Budgetabstand"), 0.5, mean: 0, deviation: 20),
      NumericField(
        linear: Word("interest_change", "Interesse"), -0.3, mean: 0, deviation: 5),
      NumericField(linear: Word("fit_points", "Passung"), 0.8, mean: 50, deviation: 10),
      NumericField(
        linear: Word("temperature", "Temperatur"), 0, mean: 10, deviation: 8, missing: 0.1,
        missingEffect: -0.4),
    ],
    categories: [
      CategoryField(
        Word("lead_source", "Leadquelle"), Array(Word.leadSources.prefix(6)), 0.5, missing: 0,
        spread: 0.5),
      CategoryField(
        Word("region", "Vertriebsgebiet"), Array(Word.regions.prefix(4)), 0.2, missing: 0,
        spread: 0.3),
    ],
    flags: [
      FlagField(Word("has_phone", "Telefon vorhanden"), share: 0.55, missing: 0, effect: 0.3),
      FlagField(Word("opted_in", "Newsletter"), share: 0.35, missing: 0, effect: -0.45),
    ],
    intercept: -1.2, hasStory: false)
}

extension CategoryField {
  fileprivate init(
    _ name: Word, _ words: [Word], _ exponent: Double, missing: Double, spread: Double
  ) {
    self.init(name: name, words: words, exponent: exponent, missing: missing, spread: spread)
  }
}

extension FlagField {
  fileprivate init(_ name: Word, share: Double, missing: Double, effect: Double) {
    self.init(name: name, law: FlagLaw(share: share, missing: missing, effect: effect))
  }
}

extension NumericField {
  /// A number that acts by its logarithm.
  fileprivate init(
    _ name: Word, _ coefficient: Double, missing: Double, _ missingEffect: Double, mean: Double,
    _ deviation: Double, decimals: Int = 0, germanDecimals: Int = 0
  ) {
    self.init(
      name: name,
      law: NumericLaw(
        missing: missing, coefficient: coefficient, missingEffect: missingEffect, scale: .log1p,
        mean: mean, deviation: deviation, decimals: decimals, germanDecimals: germanDecimals))
  }

  /// A number that acts as it is.
  fileprivate init(
    linear name: Word, _ coefficient: Double, mean: Double, deviation: Double,
    missing: Double = 0, missingEffect: Double = 0
  ) {
    self.init(
      name: name,
      law: NumericLaw(
        missing: missing, coefficient: coefficient, missingEffect: missingEffect,
        scale: .identity, mean: mean, deviation: deviation, decimals: 2, germanDecimals: 2))
  }
}
