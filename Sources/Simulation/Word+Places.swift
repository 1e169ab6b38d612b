extension Word {
  /// Countries, the most frequent first.
  static let countries = [
    Word("Germany", "Deutschland"), Word("United States", "USA"),
    Word("United Kingdom", "Großbritannien"), Word("France", "Frankreich"),
    Word("Netherlands", "Niederlande"), Word("Switzerland", "Schweiz"),
    Word("Austria", "Österreich"), Word("Italy", "Italien"), Word("Spain", "Spanien"),
    Word("Poland", "Polen"), Word("Sweden", "Schweden"), Word("Belgium", "Belgien"),
    Word("Denmark", "Dänemark"), Word("Norway", "Norwegen"), Word("Finland", "Finnland"),
    Word("Canada", "Kanada"), Word("Australia", "Australien"), Word("Ireland", "Irland"),
    Word("Czechia", "Tschechien"), Word(same: "Portugal"), Word("Hungary", "Ungarn"),
    Word("Romania", "Rumänien"), Word("Greece", "Griechenland"), Word("Turkey", "Türkei"),
    Word("India", "Indien"), Word(same: "Japan"), Word("Brazil", "Brasilien"),
    Word("Mexico", "Mexiko"), Word("South Korea", "Südkorea"), Word("Singapore", "Singapur"),
    Word("South Africa", "Südafrika"), Word(same: "Israel"), Word("New Zealand", "Neuseeland"),
    Word("Slovakia", "Slowakei"), Word("Slovenia", "Slowenien"), Word("Croatia", "Kroatien"),
    Word("Bulgaria", "Bulgarien"), Word("Lithuania", "Litauen"), Word("Latvia", "Lettland"),
    Word("Estonia", "Estland"), Word("Luxembourg", "Luxemburg"), Word("Iceland", "Island"),
    Word("Argentina", "Argentinien"), Word(same: "Chile"), Word("Colombia", "Kolumbien"),
    Word(same: "Peru"), Word(same: "Malaysia"), Word(same: "Thailand"), Word(same: "Vietnam"),
    Word("Indonesia", "Indonesien"), Word("Philippines", "Philippinen"),
    Word("Egypt", "Ägypten"), Word("Morocco", "Marokko"), Word("Kenya", "Kenia"),
    Word(same: "Nigeria"), Word("Saudi Arabia", "Saudi-Arabien"), Word("Qatar", "Katar"),
    Word("Cyprus", "Zypern"), Word(same: "Malta"), Word("Serbia", "Serbien"),
  ]

  /// Sales regions.
  static let regions = [
    Word("DACH", "DACH"), Word("Northern Europe", "Nordeuropa"),
    Word("Southern Europe", "Südeuropa"), Word("Eastern Europe", "Osteuropa"),
    Word("US East", "USA Ost"), Word("US Central", "USA Mitte"), Word("US West", "USA West"),
    Word("Latin America", "Lateinamerika"), Word("Asia Pacific", "Asien-Pazifik"),
  ]

  /// Industries: a field of work, by whom it is served.
  static let industries = product(
    [
      Word("Engineering", "Maschinenbau"), Word("Retail", "Handel"),
      Word("Software", "Software"), Word("Health Care", "Gesundheit"),
      Word("Food", "Lebensmittel"), Word("Energy", "Energie"), Word("Chemicals", "Chemie"),
      Word("Finance", "Finanzen"), Word("Automotive", "Fahrzeugbau"), Word("Media", "Medien"),
    ],
    [
      Word("Production", "Produktion"), Word("Services", "Dienstleistung"),
      Word("Wholesale", "Großhandel"), Word("Consulting", "Beratung"),
    ], joined: " - ")

  /// All pairs of two lists, the first list running fastest.
  static func product(_ first: [Word], _ second: [Word], joined: String) -> [Word] {
    second.flatMap { right in
      first.map { left in
        Word(left.english + joined + right.english, left.german + joined + right.german)
      }
    }
  }
}
