/// How long something took, again and again.
struct Timing {
  /// Seconds, the shortest first.
  private let seconds: [Double]

  /// Runs `body` until it was called `least` times and, at most 50 times, for half a second in all.
  init(least: Int = 5, before: () -> Void = {}, _ body: () throws -> Void) rethrows {
    let clock = ContinuousClock()
    var seconds: [Double] = []
    var total = 0.0
    while seconds.count < least || (total < 0.5 && seconds.count < 50) {
      before()
      let time = try clock.measure(body) / .seconds(1)
      seconds.append(time)
      total += time
    }
    self.seconds = seconds.sorted()
  }

  var median: Double { seconds[seconds.count / 2] }
  var best: Double { seconds[0] }
}
