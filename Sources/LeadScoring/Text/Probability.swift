/// The logistic function, exact to the last digits at both ends.
public func probability(ofLogit logit: Double) -> Double {
  // Of the two equal forms the one whose exponential cannot overflow.
  if logit >= 0 { return 1 / (1 + exponential(-logit)) }
  let odds = exponential(logit)
  return odds / (1 + odds)
}
