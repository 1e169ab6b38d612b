import ArgumentParser
import DataSources
import FeatureEncoding
import LeadScoring
import LinearAlgebra
import Parallelism
import Reports
import Tables

extension WinnowCommand {
  /// Learns a model from a history of leads.
  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "train",
      abstract: "Learns a model from a history of leads.",
      discussion: """
        Reads the history, finds the outcome and what each column is, chooses the strength of the penalty, measures how well \
        leads are foretold that the fit has not seen, sets tiers, and writes the model. What was guessed is printed; an option says it.
        """)

    @Argument(help: "The file of history: CSV, .csv.gz or JSON Lines; - is standard input.")
    var history: String

    @Option(help: "The model file to write.")
    var model: String

    @OptionGroup(title: "Columns") var outcomes: OutcomeFlags

    @Option(help: "The column that names a lead (default: found by its name).")
    var id: String?

    @Option(help: "The column of the date of creation (default: found by its name).")
    var created: String?

    @Flag(help: "The rows are in order of time, the oldest first: in place of a date of creation.")
    var ordered = false

    @Option(help: "The column of case weights: a weight of two is the lead twice.")
    var weight: String?

    @Option(
      help: """
        Columns that are not to be features, and of which nothing but the name is read, as in a,b; one with a comma in \
        double quotes.
        """)
    var exclude: [CommaList] = []

    @Option(
      help: """
        The form of the terms: linear, curves (smooth curves for numbers), pairs (curves, and pairs of columns that say \
        more together), or auto: the simplest that foretells the newest leads as well as any; the richest where \
        nothing tells which are the newest.
        """)
    var form = "auto"

    @Option(
      help: "Columns that are to have an effect together, as in country*employees; may be repeated."
    )
    var interaction: [String] = []

    @Option(help: "Columns that are to be in no pair that is searched, as in a,b.")
    var noInteraction: [CommaList] = []

    @Option(
      help:
        "Columns whose curve may not fall, or not rise, as in employees=up,age=down (forms with curves)."
    )
    var monotone: [CommaList] = []

    @Option(
      help: """
        The penalty: auto, or L in (sum of losses + L/2 |b|^2), so L = 1/C of scikit-learn; L is of the linear form.
        """)
    var penalty = "auto"

    @Option(help: "How to judge: auto (by time and folds), none, folds or time.")
    var validation = "auto"

    @Option(
      help: "Move the intercept to the rate of the newest 20 % of leads: none, or recent.")
    var recalibrate = "none"

    @Option(help: "Tiers from the best down, as in SQL=0.5,MQL-A=0.3,MQL-B=0.15 (default: chosen).")
    var tiers: String?

    @Option(help: "The name of the model (default: that of its file).")
    var name: String?

    @Option(help: "Deals leads to folds: another seed, other folds.")
    var seed: UInt64 = 1

    @Flag(
      help: "Fit as R's glm(family = binomial): no penalty, numbers as they are, treatment coding.")
    var plain = false

    @Option(
      help: """
        The memory to stay within, as in 4GB, 500MB or 50% (default: 75 % of this machine's): of a history with more rows a \
        sample decides the form, and the coefficients come from all rows by way of a temporary file (in TMPDIR, or beside the model).
        """)
    var memory: String?

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup(title: "Reading") var reading: ReadingFlags
    @OptionGroup(title: "Running") var running: RunFlags

    func validate() throws {
      try OutputPath.checkModel(model, option: "--model")
      try OutputPath.check(model, option: "--model", inputs: [history])
      _ = try options()
      _ = try readingOptions()
    }

    func run() throws {
      running.apply()
      _ = try LinearAlgebraLibrary.report()
      let file = try LeadReader.read(path: history, options: try readingOptions())
      running.note("\(history): \(file.detection.summary)")
      ReadingRemarks(file.detection, badRows: file.skippedRows).lines.forEach(running.note)
      if file.whole != nil, memory == nil {
        running.note(
          "all rows would take more than \(MemorySize.text(usualBudget)), 75 % of this machine's memory; --memory sets another limit"
        )
      }
      let training = try LeadTraining(
        on: file, options: try options(), progress: running.progress)
      try ModelFile.write(training.model, to: model)
      if json {
        print(try JSONReport.text(training))
      } else {
        print(TrainReport(training).lines.joined(separator: "\n"))
      }
      running.note("model written to \(model)")
    }

    private var usualBudget: Int { Int(MemorySize.usualShare * Double(MachineMemory.bytes)) }

    /// A plain fit holds all rows, whatever they take.
    private func readingOptions() throws -> ReadingOptions {
      var options = try reading.options()
      // What a person says of a column's kind is checked even where it is excluded.
      options.unread = try self.options().unread.subtracting(options.kinds.keys)
      options.memoryBudget =
        try memory.map { try MemorySize.bytes($0, option: "--memory") }
        ?? (plain ? nil : usualBudget)
      options.scratchFolder = scratchFolder
      return options
    }

    /// The folder of the model file.
    private var scratchFolder: String {
      guard let slash = model.lastIndex(of: "/") else { return "." }
      return slash == model.startIndex ? "/" : String(model[..<slash])
    }

    private func options() throws -> TrainingOptions {
      var options = TrainingOptions()
      options.scratchFolder = scratchFolder
      options.outcomeColumn = outcomes.outcome
      options.vocabulary = outcomes.vocabulary
      options.identifier = id
      options.created = created
      options.weight = weight
      options.excluded = exclude.items
      options.missingWords = reading.missing.items
      options.lists = try reading.lists()
      guard created == nil || !ordered else {
        throw ValidationError(
          "--created and --ordered both tell the order of leads in time; leave one out")
      }
      options.isOrdered = ordered
      options.form = try givenForm()
      guard let method = RecalibrationMethod(rawValue: recalibrate) else {
        throw ValidationError("--recalibrate is none or recent; found \"\(recalibrate)\"")
      }
      options.recalibration = method
      if plain {
        guard memory == nil else {
          throw ValidationError("--plain holds all rows in memory; leave --memory out")
        }
        guard !ordered else {
          throw ValidationError("--plain is not tested by time; leave --ordered out")
        }
        guard method == .none else {
          throw ValidationError("--plain is not recalibrated; leave --recalibrate out")
        }
      }
      if penalty != "auto" {
        guard let ridge = Double(penalty), ridge >= 0, ridge.isFinite else {
          throw ValidationError("--penalty is auto or a number, 0 or more; found \"\(penalty)\"")
        }
        guard !plain else { throw ValidationError("--plain has no penalty; leave --penalty out") }
        guard options.form.map({ !$0.hasCurves }) ?? true else {
          throw ValidationError("curves set their penalties themselves; leave --penalty out")
        }
        options.ridge = ridge
      }
      try addCurveOptions(to: &options)
      guard let method = ValidationMethod(rawValue: validation) else {
        throw ValidationError("--validation is auto, none, folds or time; found \"\(validation)\"")
      }
      options.validation = method
      do {
        options.tiers = try tiers.map { text throws(TierError) in try TierBoundaries.parse(text) }
      } catch {
        throw ValidationError("--tiers: \(error)")
      }
      options.name = name ?? Self.baseName(model)
      options.program = WinnowCommand.version
      options.trained = CalendarDay.text(Clock.today)
      options.seed = seed
      return options
    }

    /// What a person says of pairs and of curves' directions.
    private func addCurveOptions(to options: inout TrainingOptions) throws {
      options.interactions = try interaction.map(Self.pair)
      options.withoutInteraction = noInteraction.items
      for (column, way) in try monotone.pairs(option: "--monotone") {
        guard let direction = CurveEncoding.Direction(rawValue: way) else {
          throw ValidationError(
            "--monotone takes COLUMN=up or COLUMN=down; found \"\(column)=\(way)\"")
        }
        guard !options.interactions.contains(where: { [$0.first, $0.second].contains(column) })
        else {
          throw ValidationError(
            "\"\(column)\" cannot be in --monotone and in --interaction: a pair could turn its curve"
          )
        }
        options.directions[column] = direction
      }
      let canCurve = options.form?.hasCurves ?? (options.ridge == nil)
      guard canCurve || (interaction.isEmpty && noInteraction.isEmpty && monotone.isEmpty) else {
        throw ValidationError(
          "--interaction, --no-interaction and --monotone need --form pairs or curves; the form is \"\(form)\""
        )
      }
    }

    /// The form that is asked for; nil for one that is chosen.
    private func givenForm() throws -> ModelForm? {
      let form = ModelForm.ladder.first { $0.rawValue == self.form }
      guard self.form == "auto" || form != nil else {
        let words = ["auto"] + ModelForm.ladder.map(\.rawValue)
        throw ValidationError(
          "--form is \(words.dropLast().joined(separator: ", ")) or \(words[words.count - 1]); found \"\(self.form)\""
        )
      }
      guard plain else { return form }
      guard form == nil else {
        throw ValidationError("--plain has a form of its own; leave --form out")
      }
      return .plain
    }

    /// The two columns of `a*b`; a name may hold no star itself.
    private static func pair(_ text: String) throws -> Interaction {
      let names = text.split(separator: "*", omittingEmptySubsequences: false)
        .map { trimmed($0) }
      guard names.count == 2, !names.contains(""), names[0] != names[1] else {
        throw ValidationError(
          "--interaction takes two columns, as in country*employees; found \"\(text)\"")
      }
      return Interaction(names[0], names[1])
    }

    /// A file's name without its folder and ending.
    private static func baseName(_ path: String) -> String {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      return file.hasSuffix(".json") ? String(file.dropLast(5)) : file
    }
  }
}
