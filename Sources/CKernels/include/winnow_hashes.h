#ifndef WINNOW_HASHES_H
#define WINNOW_HASHES_H

#include <stddef.h>
#include <stdint.h>

/* Hashes of rows, into which the values of one column after another are mixed (numbers: winnow_numbers.h).

   rows    the rows whose values are mixed in; NULL for the first `count` ones
   hashes  one a row, each in the order of `rows` */

/* Small codes as they are. */
void winnow_mix_flags(const uint8_t *codes, const int64_t *rows, size_t count, uint64_t *hashes);

/* Codes of levels, for which something else stands. */
void winnow_mix_levels_16(const uint16_t *codes, const uint64_t *levels, const int64_t *rows,
                          size_t count, uint64_t *hashes);
void winnow_mix_levels_32(const uint32_t *codes, const uint64_t *levels, const int64_t *rows,
                          size_t count, uint64_t *hashes);

#endif
