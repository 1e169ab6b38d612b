import Synchronization

/// What texts add to a logit, kept from block to block, for most of a column's texts come again.
final class FoundTexts: Sendable {
  /// What is known, by text; each is used by one thread at a time.
  private let idle = Mutex<[[String: LevelShares.Found]]>([])

  /// The most texts that are kept: a column in which each is another one is not collected.
  private static let most = 1 << 15

  /// What each text adds, by `find` where it is not known.
  func found(_ texts: [String], find: (String) -> LevelShares.Found) -> [LevelShares.Found] {
    var known = idle.withLock { $0.popLast() } ?? [:]
    let found = texts.map { text in
      if let found = known[text] { return found }
      let found = find(text)
      if known.count < Self.most { known[text] = found }
      return found
    }
    idle.withLock { [known] in $0.append(known) }
    return found
  }
}
