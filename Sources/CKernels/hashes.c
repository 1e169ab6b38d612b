#include "winnow_hashes.h"
#include "winnow_kernel.h"

#include <string.h>

/* Loops that compilers make wide: 64-bit products, and values from anywhere in memory. */

/* As `mixedBits` in Tables. */
INLINE uint64_t mixed(uint64_t value) {
  value += 0x9E3779B97F4A7C15u;
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
  value = (value ^ value >> 27) * 0x94D049BB133111EBu;
  return value ^ value >> 31;
}

INLINE uint64_t bits_of(double number) {
  uint64_t bits;
  number += 0.0;
  memcpy(&bits, &number, sizeof bits);
  return number != number ? 1 : bits;
}

WINNOW_KERNEL(void, winnow_mix_numbers,
              (const double *numbers, const int64_t *rows, size_t count, uint64_t *hashes),
              (numbers, rows, count, hashes)) {
  for (size_t i = 0; i < count; i++) hashes[i] = mixed(hashes[i] ^ bits_of(numbers[rows[i]]));
}

WINNOW_KERNEL(void, winnow_mix_flags,
              (const uint8_t *codes, const int64_t *rows, size_t count, uint64_t *hashes),
              (codes, rows, count, hashes)) {
  for (size_t i = 0; i < count; i++) hashes[i] = mixed(hashes[i] ^ codes[rows[i]]);
}

WINNOW_KERNEL(void, winnow_mix_levels,
              (const uint32_t *codes, const uint64_t *levels, const int64_t *rows, size_t count,
               uint64_t *hashes),
              (codes, levels, rows, count, hashes)) {
  for (size_t i = 0; i < count; i++) hashes[i] = mixed(hashes[i] ^ levels[codes[rows[i]]]);
}
