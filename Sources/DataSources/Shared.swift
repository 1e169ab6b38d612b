/// A value that several threads use, one at a time: a lock elsewhere sees to that.
final class Shared<Value>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
}
