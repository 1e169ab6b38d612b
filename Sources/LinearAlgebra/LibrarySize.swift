/// A size as BLAS takes it: 32 bits, whatever the machine.
///
/// - Precondition: `size` is below 2^31; a longer dimension cannot be passed at all.
func librarySize(_ size: Int) -> Int32 {
  precondition(size <= Int(Int32.max), "a matrix dimension of \(size) is more than BLAS can take")
  return Int32(size)
}
