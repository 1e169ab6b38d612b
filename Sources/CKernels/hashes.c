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

/* Mixes VALUE, of the row `at`, into the hashes of some rows: of those listed, or of the first ones. */
#define MIX(VALUE)                                                     \
  do {                                                                 \
    if (rows)                                                          \
      for (size_t i = 0; i < count; i++) {                             \
        const int64_t at = rows[i];                                    \
        hashes[i] = mixed(hashes[i] ^ (VALUE));                        \
      }                                                                \
    else                                                               \
      for (size_t at = 0; at < count; at++)                            \
        hashes[at] = mixed(hashes[at] ^ (VALUE));                      \
  } while (0)

WINNOW_KERNEL(void, winnow_mix_numbers,
              (const double *restrict numbers, const int64_t *restrict rows, size_t count,
               uint64_t *restrict hashes),
              (numbers, rows, count, hashes)) {
  MIX(bits_of(numbers[at]));
}

WINNOW_KERNEL(void, winnow_mix_flags,
              (const uint8_t *restrict codes, const int64_t *restrict rows, size_t count,
               uint64_t *restrict hashes),
              (codes, rows, count, hashes)) {
  MIX(codes[at]);
}

#define MIX_LEVELS(BITS)                                                                 \
  WINNOW_KERNEL(void, winnow_mix_levels_##BITS,                                          \
                (const uint##BITS##_t *restrict codes, const uint64_t *restrict levels,  \
                 const int64_t *restrict rows, size_t count, uint64_t *restrict hashes), \
                (codes, levels, rows, count, hashes)) {                                  \
    MIX(levels[codes[at]]);                                                              \
  }
MIX_LEVELS(16)
MIX_LEVELS(32)
