import Tables

/// What a column is to become.
enum ColumnTarget: Sendable, Equatable {
  case numbers(DecimalMark)
  case dates(DateOrder)
  /// A category or a flag; text where there are too many words.
  case words
  case texts
}

/// What the columns of a file say, each for itself and all together.
struct ColumnDecisions {
  private(set) var targets: [ColumnTarget] = []

  /// The decimal mark and date order of the file, where any column shows them.
  private(set) var decimalMark: DecimalMark?
  private(set) var dateOrder: DateOrder?

  /// One column's evidence.
  struct Column {
    let name: String
    let numbers: NumberEvidence
    let dates: DateEvidence
    let ambiguousText: String?
    let forced: ColumnKind?
  }

  /// What a column that reads in two ways goes with; nil where nothing decides.
  private(set) var fileMark: DecimalMark?
  private(set) var fileOrder: DateOrder?

  /// Decides what columns become.
  ///
  /// A column of numbers or dates that reads in one way only decides for itself; one that reads in two ways goes with
  /// the file: with the columns that decided, then dates with points or month first, then the separator.
  ///
  /// - Throws: `.ambiguousNumbers` or `.ambiguousDates` where nothing in the file decides.
  init(
    _ columns: [Column], separator: UInt8, file: String, options: ReadingOptions
  ) throws(SourceError) {
    self.init(sample: columns, separator: separator, options: options)
    guard let index = undecided else { return }
    let column = columns[index]
    let text = column.ambiguousText ?? ""
    if column.numbers.contains(.ambiguous) {
      throw .ambiguousNumbers(file: file, column: column.name, text: text)
    }
    throw .ambiguousDates(file: file, column: column.name, text: text)
  }

  /// The first column for which nothing decides; its target is words.
  private var undecided: Int?

  /// Decides likewise, but only as far as a part of a file allows.
  init(sample columns: [Column], separator: UInt8, options: ReadingOptions) {
    let marks = columns.map { Self.mark(of: $0, options) }
    let orders = columns.map { Self.order(of: $0, options) }
    let decidedOrders = Set(orders.compactMap(\.decided))
    let hasDottedDates = columns.contains {
      $0.dates.contains(.dotted) && !$0.dates.contains(.word)
    }
    decimalMark = options.decimalMark ?? Self.only(Set(marks.compactMap(\.decided)))
    dateOrder = options.dateOrder ?? Self.only(decidedOrders)
    fileMark = decimalMark
    if fileMark == nil {
      if hasDottedDates {
        fileMark = .comma
      } else if decidedOrders == [.monthFirst] || separator == UInt8(ascii: ",") {
        fileMark = .point
      } else if separator == UInt8(ascii: ";") {
        fileMark = .comma
      }
    }
    fileOrder = dateOrder
    if fileOrder == nil, hasDottedDates || decimalMark == .comma || separator == UInt8(ascii: ";") {
      fileOrder = .dayFirst
    }
    for (index, column) in columns.enumerated() {
      let target = Self.target(column, marks[index], orders[index], fileMark, fileOrder)
      if target == nil, undecided == nil { undecided = index }
      targets.append(target ?? .words)
      if case .undecided = marks[index], case .numbers(let mark) = target, decimalMark == nil {
        decimalMark = mark
      }
      if case .undecided = orders[index], case .dates(let order) = target, dateOrder == nil {
        dateOrder = order
      }
    }
  }

  /// Whether a column has a reading, and which.
  private enum Reading<Value: Equatable> {
    /// The cells are nothing of the kind.
    case none
    /// Any reading gives the same.
    case any
    /// Two readings give two results.
    case undecided
    case only(Value)

    var decided: Value? {
      if case .only(let value) = self { return value }
      return nil
    }
  }

  private static func only<Value>(_ values: Set<Value>) -> Value? {
    values.count == 1 ? values.first : nil
  }

  private static func mark(of column: Column, _ options: ReadingOptions) -> Reading<DecimalMark> {
    var numbers = column.numbers
    if column.forced == .numeric { numbers.remove(.word) }
    guard numbers.hasNumbers, column.forced == nil || column.forced == .numeric else {
      return .none
    }
    let marks = (options.decimalMark.map { [$0] } ?? [.point, .comma]).filter { numbers.allow($0) }
    guard let first = marks.first else { return .none }
    if marks.count == 1, options.decimalMark == nil { return .only(first) }
    if !numbers.contains(.ambiguous), numbers.isDisjoint(with: [.pointOnly, .commaOnly]) {
      return .any
    }
    return options.decimalMark == nil ? .undecided : .only(first)
  }

  private static func order(of column: Column, _ options: ReadingOptions) -> Reading<DateOrder> {
    var dates = column.dates
    if column.forced == .date { dates.remove(.word) }
    guard dates.hasDates, column.forced == nil || column.forced == .date else { return .none }
    if dates.isSubset(of: [.plain, .dotted]) { return .any }
    let orders = (options.dateOrder.map { [$0] } ?? [.dayFirst, .monthFirst]).filter {
      dates.allow($0)
    }
    guard let first = orders.first else { return .none }
    if options.dateOrder != nil || orders.count == 1 { return .only(first) }
    return dates.contains(.ambiguous) ? .undecided : .any
  }

  private static func target(
    _ column: Column, _ mark: Reading<DecimalMark>, _ order: Reading<DateOrder>,
    _ fileMark: DecimalMark?,
    _ fileOrder: DateOrder?
  ) -> ColumnTarget? {
    switch column.forced {
    case .text: return .texts
    case .category, .flag: return .words
    case .numeric, .date, nil: break
    }
    switch mark {
    case .only(let mark): return .numbers(mark)
    case .any: return .numbers(fileMark ?? .point)
    case .undecided: return fileMark.map { .numbers($0) }
    case .none: if column.forced == .numeric { return .numbers(fileMark ?? .point) }
    }
    switch order {
    case .only(let order): return .dates(order)
    case .any: return .dates(fileOrder == .monthFirst ? .monthFirst : .dayFirst)
    case .undecided: return fileOrder.map { .dates($0) }
    case .none: return column.forced == .date ? .dates(fileOrder ?? .dayFirst) : .words
    }
  }
}
