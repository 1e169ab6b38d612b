import ArgumentParser
import LeadScoring

/// Which column tells outcomes, and by which words.
struct OutcomeFlags: ParsableArguments {
  @Option(help: "The column of outcomes (default: found by its name).")
  var outcome: String?

  @Option(help: "Words that mean converted; usual ones are known, as won, yes, 1, gewonnen.")
  var converted: [CommaList] = []

  @Option(help: "Words that mean lost.")
  var lost: [CommaList] = []

  @Option(help: "Words that mean converted and left again; counts as lost does.")
  var churned: [CommaList] = []

  @Option(help: "Words that mean no outcome yet; such leads are left out of a fit.")
  var open: [CommaList] = []

  var vocabulary: OutcomeVocabulary {
    OutcomeVocabulary([
      .converted: converted.items, .lost: lost.items, .churned: churned.items, .open: open.items,
    ])
  }
}
