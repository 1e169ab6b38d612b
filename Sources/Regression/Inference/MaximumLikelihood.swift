import LinearAlgebra

/// A logistic regression without penalty, as R's `glm(family = binomial)` fits it.
///
/// Columns are taken as they are, whatever their scales; an intercept comes first. Estimates carry as
/// many digits as the data determine, for columns are made orthogonal first and the fit goes on until
/// rounding stops it.
public struct MaximumLikelihood: Sendable {
  /// The coefficients, the intercept first, in the order of the columns.
  public let coefficients: [CoefficientEstimate]
  /// The covariance of the estimates (p + 1 x p + 1): the inverse of the information X'WX.
  public let covariance: Matrix
  /// The linear predictors (n).
  public let eta: [Double]
  /// The logarithm of the likelihood, in nats.
  ///
  /// Outcomes that are shares of whole numbers of trials count with their binomial coefficients, as
  /// in R.
  public let logLikelihood: Double
  /// Twice the distance of the log-likelihood to that of a model that foretells each row's share:
  /// with the intercept alone, and with all columns.
  public let nullDeviance: Double
  public let residualDeviance: Double
  /// Akaike's information criterion: twice the number of coefficients less the log-likelihood.
  public let aic: Double
  /// The rows with a weight above 0.
  public let rows: Int

  /// Fits a model.
  ///
  /// - Parameters:
  ///   - columns: The columns (p of n), without an intercept.
  ///   - names: Their names (p).
  ///   - outcomes: 0, 1 or a share between (n).
  ///   - weights: Case weights (n): a weight of two is the row twice in everything. A row of weight 0 is
  ///     as if it were not there.
  public init(
    columns: [[Double]], names: [String], outcomes: [Double], weights: [Double]? = nil
  ) throws(MaximumLikelihoodError) {
    let data = try PlainData(columns, names: names, outcomes: outcomes, weights: weights)
    let basis = try data.orthogonalColumns()
    let (point, hessian) = try PlainSolver(data: data, basis: basis).solve()
    let estimates = basis.original(point.coefficients)
    let covariance = basis.original(covariance: hessian.inverse())
    coefficients = zip([Self.interceptName] + names, zip(estimates, covariance.diagonal)).map {
      CoefficientEstimate(name: $0, estimate: $1.0, standardError: $1.1.squareRoot())
    }
    self.covariance = covariance
    let deviances = Deviances(outcomes: data.outcomes, weights: data.weights)
    logLikelihood = deviances.logBinomialCoefficients - point.terms.loss
    residualDeviance = 2 * (point.terms.loss - deviances.saturatedLoss)
    nullDeviance = 2 * (deviances.nullLoss - deviances.saturatedLoss)
    aic = 2 * (Double(estimates.count) - logLikelihood)
    rows = data.outcomes.count
    eta = data.allRows(point.eta, estimates: estimates, columns: columns)
  }

  /// The name of the coefficient that every row has.
  public static let interceptName = "(intercept)"
}
