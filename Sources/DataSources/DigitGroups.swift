/// A character between groups of digits.
enum GroupMark: UInt8 {
  case none, point, comma, space, noBreakSpace, narrowSpace, apostrophe, curlyApostrophe

  var isBlankOrApostrophe: Bool { self != .point && self != .comma }
}

/// The lengths of the groups of digits of a number, as far as they decide how it is read.
struct DigitGroups {
  var digits = 0
  private var marks = 0
  private var firstLength = 0
  private var currentLength = 0
  private var firstDigit: UInt8 = 0
  private var firstMark = GroupMark.none
  private var lastMark = GroupMark.none
  /// Whether all marks but the last are `firstMark`.
  private var earlierAreAlike = true
  /// Whether all groups between marks have three digits.
  private var middleAreThree = true
  private var points = 0
  private var commas = 0

  var hasLeadingZero: Bool { firstDigit == 0 && (marks == 0 ? currentLength : firstLength) > 1 }

  @inline(__always)
  mutating func add(digit: UInt8) {
    if digits == 0, marks == 0 { firstDigit = digit }
    digits += 1
    currentLength += 1
  }

  mutating func add(mark: GroupMark) {
    if marks == 0 {
      firstLength = currentLength
      firstMark = mark
    } else {
      if currentLength != 3 { middleAreThree = false }
      if lastMark != firstMark { earlierAreAlike = false }
    }
    lastMark = mark
    marks += 1
    currentLength = 0
    if mark == .point { points += 1 }
    if mark == .comma { commas += 1 }
  }

  /// The digits after the decimal mark, if all other marks are thousands.
  func decimals(mark: DecimalMark) -> Int? {
    let decimal = mark == .point ? GroupMark.point : .comma
    let count = mark == .point ? points : commas
    if marks == 0 { return 0 }
    // "5." is 5 in any case.
    if marks == 1, lastMark == .point, currentLength == 0 { return firstLength > 0 ? 0 : nil }
    let beginsGroups = firstLength >= 1 && firstLength <= 3 && firstDigit != 0
    if count == 0 {
      return beginsGroups && middleAreThree && currentLength == 3 && earlierAreAlike
        && lastMark == firstMark
        ? 0 : nil
    }
    guard count == 1, lastMark == decimal, currentLength > 0 else { return nil }
    if marks == 1 { return currentLength }
    return beginsGroups && middleAreThree && earlierAreAlike ? currentLength : nil
  }
}
