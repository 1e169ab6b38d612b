#include "winnow_hashes.h"

#include "mixed.h"
#include "winnow_kernel.h"

/* Loops that compilers make wide: 64-bit products, and values from anywhere in memory. */

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
