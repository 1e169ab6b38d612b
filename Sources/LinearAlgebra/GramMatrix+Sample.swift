extension GramMatrix {
  /// The matrix of all rows where those of a sample stand for them as they are.
  ///
  /// - Parameter share: The sample's share of the weight.
  public consuming func extrapolated(share: Double) -> GramMatrix {
    var result = self
    for k in result.levels.indices { result.levels[k] /= share }
    for i in result.border.elements.indices { result.border.elements[i] /= share }
    for i in result.core.elements.indices { result.core.elements[i] /= share }
    return result
  }

  /// The matrix of all rows, as far as that of a sample and the columns' sums tell.
  ///
  /// The sums say what two columns have in common where they have nothing to do with each other, and all that the levels of a
  /// field have in common. Only what remains, the covariance of two columns, is the sample's, and most of that may be its noise.
  /// So the covariances of two groups of columns are multiplied by `max(0, 1 - f / c)`, where c is the sum of their squared
  /// correlations times rows, and f what noise alone would make of it, one a pair of columns (the positive part of James and
  /// Stein, *Estimation with quadratic loss*, 1961).
  ///
  /// What columns of a group sum to they do in the result as well, as the levels of a field to the intercept. Unlike a sample's
  /// it can be indefinite, where groups depend on each other and a third one's noise is kept with one of them.
  ///
  /// - Parameters:
  ///   - sums: X'w of all rows (p).
  ///   - groups: All of the columns, in order.
  ///   - ones: The intercept's column.
  ///   - share: The sample's share of the weight.
  ///   - rows: As many rows of one weight tell as much as the sample does: `(sum w)^2 / sum w^2`.
  public func extrapolated(
    to sums: [Double], groups: [ColumnGroup], ones: Int, share: Double, rows: Double
  ) -> GramMatrix {
    precondition(sums.count == columnCount, "\(columnCount) sums are needed")
    precondition(!eliminated.contains(ones), "the intercept is no level")
    let place = coreIndex(ones)
    let own = Array(core.elements[place * core.rows..<(place + 1) * core.rows])
    var result = self
    result.core.add(-1 / own[place], productsOf: own, own)
    result.border.add(-1 / own[place], productsOf: own, levels)
    let sample = SampledGroups(
      self, variances: result.core.diagonal, total: own[place], groups: groups)
    // What is drawn without being put back is noisy as far as rows are left.
    let kept = sample.kept(
      core: result.core, border: result.border,
      rows: share < 1 ? rows / (1 - share) : .infinity)
    let (levelSums, coreSums) = split(sums)
    result.levels = levelSums
    for group in sample.groups {
      let factors = sample.groups.map { kept.core[$0.index, group.index] / share }
      for j in group.places {
        for (other, factor) in zip(sample.groups, factors) {
          result.core.scale(other.places, j, by: factor)
        }
      }
    }
    let factors = sample.groups.map { kept.levels[$0.index] / share }
    for k in levels.indices {
      for (group, factor) in zip(sample.groups, factors) {
        result.border.scale(group.places, k, by: factor)
      }
    }
    result.core.add(1 / coreSums[place], productsOf: coreSums, coreSums)
    result.border.add(1 / coreSums[place], productsOf: coreSums, levelSums)
    for group in sample.groups where group.isExclusive {
      for j in group.places {
        for i in group.places { result.core[i, j] = i == j ? coreSums[j] : 0 }
      }
    }
    return result
  }
}

extension Matrix {
  /// Adds `factor * x y'` for vectors of as many elements as there are rows and columns.
  fileprivate mutating func add(_ factor: Double, productsOf x: [Double], _ y: [Double]) {
    for j in 0..<columns {
      let (start, scale) = (j * rows, factor * y[j])
      for i in x.indices { elements[start + i] += scale * x[i] }
    }
  }

  /// Multiplies some elements of a column.
  fileprivate mutating func scale(_ places: Range<Int>, _ column: Int, by factor: Double) {
    for i in column * rows + places.lowerBound..<column * rows + places.upperBound {
      elements[i] *= factor
    }
  }
}

/// Columns of a design that belong together.
public struct ColumnGroup: Sendable {
  public let columns: Range<Int>
  /// Whether they are 0 or 1, and in no row two are 1.
  public let isExclusive: Bool

  public init(columns: Range<Int>, isExclusive: Bool) {
    self.columns = columns
    self.isExclusive = isExclusive
  }
}

extension DesignMatrix {
  /// The columns by block, those of dense blocks each by itself.
  public var columnGroups: [ColumnGroup] {
    zip(blocks, offsets).flatMap { block, offset in
      let columns = offset..<offset + block.columnCount
      switch block {
      case .levels: return [ColumnGroup(columns: columns, isExclusive: true)]
      case .hats, .sets: return [ColumnGroup(columns: columns, isExclusive: false)]
      case .intercept, .dense:
        return columns.map { ColumnGroup(columns: $0..<$0 + 1, isExclusive: false) }
      }
    }
  }
}

/// The groups of columns of a sample's matrix, and how much its columns vary.
private struct SampledGroups {
  /// A group of the core's columns.
  struct Group {
    let index: Int
    let places: Range<Int>
    let isExclusive: Bool
    /// The columns that vary.
    let freedom: Double
  }

  let groups: [Group]
  /// The inverse variances, times the weight, of the core's columns (q) and of the levels (k); 0 where a column does not vary.
  private let precisions, levelPrecisions: [Double]

  /// - Parameters:
  ///   - variances: Those of the core's columns (q), times the weight.
  ///   - total: The sample's weight.
  init(_ gram: GramMatrix, variances: [Double], total: Double, groups: [ColumnGroup]) {
    func precision(_ variance: Double, of square: Double) -> Double {
      variance > 1e-12 * square ? 1 / variance : 0
    }
    let precisions = zip(variances, gram.core.diagonal).map(precision)
    self.groups = groups.filter { $0.columns != gram.eliminated && !$0.columns.isEmpty }
      .enumerated().map { index, group in
        let first = gram.coreIndex(group.columns.lowerBound)
        let places = first..<first + group.columns.count
        return Group(
          index: index, places: places, isExclusive: group.isExclusive,
          freedom: Double(precisions[places].count { $0 > 0 }))
      }
    self.precisions = precisions
    levelPrecisions = gram.levels.map { precision($0 - $0 * $0 / total, of: $0) }
  }

  /// How much of the covariances of a group with another one, and with the levels, is more than noise, 0...1.
  ///
  /// Single columns keep what they have with each other: there is nothing to tell noise by.
  ///
  /// - Parameters:
  ///   - core: The covariances, times the weight, of the core's columns (q x q).
  ///   - border: Those with the levels (q x k).
  func kept(core: Matrix, border: Matrix, rows: Double) -> (core: Matrix, levels: [Double]) {
    var kept = Matrix(rows: groups.count, columns: groups.count)
    for other in groups {
      for group in groups[...other.index] {
        let areSingle = group.places.count == 1 && other.places.count == 1
        let share =
          group.index == other.index || areSingle
          ? 1
          : Self.kept(
            rows * squares(core, group, other.places, precisions),
            freedom: group.freedom * other.freedom)
        kept[group.index, other.index] = share
        kept[other.index, group.index] = share
      }
    }
    let freedom = Double(levelPrecisions.count { $0 > 0 })
    let levels = groups.map { group in
      Self.kept(
        rows * squares(border, group, levelPrecisions.indices, levelPrecisions),
        freedom: group.freedom * freedom)
    }
    return (kept, levels)
  }

  private static func kept(_ squares: Double, freedom: Double) -> Double {
    squares > freedom ? 1 - freedom / squares : 0
  }

  /// The sum of squared correlations between a group and other columns, those of a matrix.
  private func squares(
    _ covariances: Matrix, _ group: Group, _ columns: Range<Int>, _ columnPrecisions: [Double]
  ) -> Double {
    var sum = 0.0
    for column in columns {
      let start = column * covariances.rows
      var square = 0.0
      for i in group.places {
        let covariance = covariances.elements[start + i]
        square += covariance * covariance * precisions[i]
      }
      sum += square * columnPrecisions[column]
    }
    return sum
  }
}
