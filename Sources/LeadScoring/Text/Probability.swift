/// The logistic function, exact to the last digits at both ends.
public func probability(ofLogit logit: Double) -> Double {
  // Of the two equal forms the one whose exponential cannot overflow.
  if logit >= 0 { return 1 / (1 + exponential(-logit)) }
  let odds = exponential(logit)
  return odds / (1 + odds)
}

/// By how much a number of logits multiplies the odds.
public func odds(_ logits: Double) -> Double { exponential(logits) }
