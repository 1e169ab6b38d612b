#ifndef WINNOW_NUMBERS_H
#define WINNOW_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/* What whole numbers of a column count, as `Numbers.Unit` in Tables. */
enum {
  WINNOW_ONES = 0,
  WINNOW_TENTHS = 1,
  WINNOW_HUNDREDTHS = 2,
  WINNOW_THOUSANDTHS = 3,
  WINNOW_SECONDS = 4 /* of days: a whole day and a part of one, each rounded by itself */
};

/* The numbers of a column as they are kept. */
typedef struct {
  /* double, int32_t or int16_t; a missing one is not a number, or the lowest whole one. */
  const void *cells;
  /* The bytes of each: 8, 4 or 2. */
  int width;
  /* What they count, where they are whole. */
  int unit;
} winnow_numbers;

/* Keeps numbers as whole ones of a unit. Gives 1, or 0 where one would come back with other bits, and `whole` then is of no
   use. */
int winnow_narrow_16(const double *numbers, size_t count, int unit, int16_t *whole);
int winnow_narrow_32(const double *numbers, size_t count, int unit, int32_t *whole);

/* What some rows of a column hold: out[i] = numbers[rows[i]] */
void winnow_pick(winnow_numbers numbers, const int64_t *rows, size_t count, double *out);

/* out[i] = from - numbers[rows[i]], where `from` is that of the row (references, unless NULL) or the reference. */
void winnow_pick_before(winnow_numbers numbers, const winnow_numbers *references, double reference,
                        const int64_t *rows, size_t count, double *out);

/* Sets a bit of patterns[i] where numbers[rows[i]] is missing, or references[rows[i]] (unless NULL). */
void winnow_mark_missing(winnow_numbers numbers, const winnow_numbers *references,
                         const int64_t *rows, size_t count, uint8_t bit, uint8_t *patterns);

/* Counts rows by what they hold, whole numbers of 0 to `last` or nothing, which is counted at last + 1, and by their outcome, 0 or
   1: for row i of number k
     counts[8 k + 2 (i mod 4) + outcome] += 1
   Gives 0 where some row holds anything else: counts then are of no use. */
int winnow_count_whole(winnow_numbers numbers, const int64_t *rows, const double *outcomes,
                       size_t count, uint32_t last, uint32_t *counts);

/* Mixes what some rows hold, or `count` rows from `first` on where `rows` is NULL, into a hash a row: all that are not a
   number are one value, and -0 is 0. */
void winnow_mix_numbers(winnow_numbers numbers, size_t first, const int64_t *rows, size_t count,
                        uint64_t *hashes);

#endif
