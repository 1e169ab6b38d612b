#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The memory that a process can have.
public enum MachineMemory {
  /// What the machine has, or less where its container allows less, in bytes.
  public static let bytes: Int = {
    let machine = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
    return [machine, containerLimit].compactMap { $0 }.filter { $0 > 0 }.min() ?? 8 << 30
  }()

  private static var containerLimit: Int? {
    for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
      guard let file = unsafe fopen(path, "r") else { continue }
      defer { unsafe _ = fclose(file) }
      var text = [CChar](repeating: 0, count: 64)
      guard unsafe fgets(&text, 64, file) != nil else { continue }
      let digits = text.prefix { $0 >= 48 && $0 <= 57 }.map { UInt8(bitPattern: $0) }
      return Int(String(decoding: digits, as: UTF8.self))
    }
    return nil
  }
}
