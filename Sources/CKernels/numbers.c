#include "winnow_numbers.h"

/* No products and sums in one: numbers come back with the bits that they had on every path. */
#pragma STDC FP_CONTRACT OFF

#include <string.h>

#include "mixed.h"
#include "winnow_kernel.h"

/* How many numbers are wide at a time: they stay in a core's cache. */
#define PART 256

#define DAY 86400

INLINE double divisor(int unit) {
  switch (unit) {
    case WINNOW_TENTHS: return 10;
    case WINNOW_HUNDREDTHS: return 100;
    case WINNOW_THOUSANDTHS: return 1000;
    case WINNOW_SECONDS: return DAY;
    default: return 1;
  }
}

/* The days that seconds are, as those are read (dates.c): a whole number, and a part of a day. */
INLINE double days_of(int32_t seconds) {
  const int32_t part = seconds % DAY, is_before = part < 0;
  return (double)(seconds / DAY - is_before) + (double)(part + (is_before ? DAY : 0)) / DAY;
}

INLINE uint64_t bits_of(double number) {
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

/* Loops of their own where nothing is divided, and where a number is a sum. */
#define BY_UNIT(LOOP)                    \
  do {                                   \
    if (unit == WINNOW_ONES) {           \
      LOOP((double)whole)                \
    } else if (unit == WINNOW_SECONDS) { \
      LOOP(days_of(whole))               \
    } else {                             \
      LOOP((double)whole / by)           \
    }                                    \
  } while (0)

/* VALUE is what the whole number nearest to a number stands for: the number itself, to the last bit, unless something else
   is among them. */
#define NARROW(VALUE)                                                           \
  for (size_t i = 0; i < some; i++) {                                           \
    const double number = number_of[i], scaled = number * by;                   \
    const int is_missing = number != number;                                    \
    const int is_near = (scaled > -above) & (scaled < above);                    \
    const double held = is_near ? scaled : 0;                                   \
    const int32_t whole = (int32_t)(held < 0 ? held - 0.5 : held + 0.5);        \
    is_other |= !is_missing & (!is_near | (bits_of(VALUE) != bits_of(number))); \
    out[i] = is_missing ? lowest : whole;                                       \
  }

INLINE int narrow(const double *number_of, size_t some, int unit, int32_t lowest, int32_t *out) {
  const double by = divisor(unit), above = -((double)lowest + 0.5);
  int is_other = 0;
  BY_UNIT(NARROW);
  return !is_other;
}

WINNOW_KERNEL(int, winnow_narrow_16,
              (const double *restrict numbers, size_t count, int unit, int16_t *restrict whole),
              (numbers, count, unit, whole)) {
  for (size_t first = 0; first < count; first += PART) {
    const size_t some = count - first < PART ? count - first : PART;
    int32_t part[PART];
    if (!narrow(numbers + first, some, unit, INT16_MIN, part)) return 0;
    for (size_t i = 0; i < some; i++) whole[first + i] = (int16_t)part[i];
  }
  return 1;
}

WINNOW_KERNEL(int, winnow_narrow_32,
              (const double *restrict numbers, size_t count, int unit, int32_t *restrict whole),
              (numbers, count, unit, whole)) {
  for (size_t first = 0; first < count; first += PART) {
    const size_t some = count - first < PART ? count - first : PART;
    if (!narrow(numbers + first, some, unit, INT32_MIN, whole + first)) return 0;
  }
  return 1;
}

/* Cells from anywhere in memory, one by one: gathering eight at a time took half as long again on EPYC, and is what becomes
   of these loops within a kernel. */
#define GATHER(NAME, TYPE, WIDE)                                                          \
  static __attribute__((noinline)) void NAME(const TYPE *restrict cells,                  \
                                             const int64_t *restrict rows, size_t count,  \
                                             WIDE *restrict out) {                        \
    for (size_t i = 0; i < count; i++) out[i] = cells[rows[i]];                           \
  }
GATHER(gather_16, int16_t, int32_t)
GATHER(gather_32, int32_t, int32_t)
GATHER(gather_64, double, double)

INLINE int32_t missing_of(winnow_numbers numbers) {
  return numbers.width == 2 ? INT16_MIN : INT32_MIN;
}

INLINE void gather_whole(winnow_numbers numbers, const int64_t *rows, size_t some, int32_t *out) {
  if (numbers.width == 2)
    gather_16(numbers.cells, rows, some, out);
  else
    gather_32(numbers.cells, rows, some, out);
}

#define WIDEN(VALUE)                                        \
  for (size_t i = 0; i < some; i++) {                       \
    const int32_t whole = whole_of[i];                      \
    out[i] = whole == missing ? __builtin_nan("") : VALUE;  \
  }

INLINE void widen(const int32_t *whole_of, size_t some, int32_t missing, int unit, double *out) {
  const double by = divisor(unit);
  BY_UNIT(WIDEN);
}

/* What at most PART rows hold. */
INLINE void take(winnow_numbers numbers, const int64_t *rows, size_t some, double *out) {
  if (numbers.width == 8) {
    gather_64(numbers.cells, rows, some, out);
    return;
  }
  int32_t whole[PART];
  gather_whole(numbers, rows, some, whole);
  widen(whole, some, missing_of(numbers), numbers.unit, out);
}

/* The same of rows that follow each other. */
INLINE const double *take_from(winnow_numbers numbers, size_t first, size_t some, double *out) {
  if (numbers.width == 8) return (const double *)numbers.cells + first;
  int32_t whole[PART];
  for (size_t i = 0; i < some; i++)
    whole[i] = numbers.width == 2 ? ((const int16_t *)numbers.cells)[first + i]
                                  : ((const int32_t *)numbers.cells)[first + i];
  widen(whole, some, missing_of(numbers), numbers.unit, out);
  return out;
}

WINNOW_KERNEL(void, winnow_pick,
              (winnow_numbers numbers, const int64_t *restrict rows, size_t count,
               double *restrict out),
              (numbers, rows, count, out)) {
  for (size_t first = 0; first < count; first += PART) {
    const size_t some = count - first < PART ? count - first : PART;
    take(numbers, rows + first, some, out + first);
  }
}

WINNOW_KERNEL(void, winnow_pick_before,
              (winnow_numbers numbers, const winnow_numbers *references, double reference,
               const int64_t *restrict rows, size_t count, double *restrict out),
              (numbers, references, reference, rows, count, out)) {
  for (size_t first = 0; first < count; first += PART) {
    const size_t some = count - first < PART ? count - first : PART;
    double *const value = out + first;
    take(numbers, rows + first, some, value);
    if (references) {
      double from[PART];
      take(*references, rows + first, some, from);
      for (size_t i = 0; i < some; i++) value[i] = from[i] - value[i];
    } else {
      for (size_t i = 0; i < some; i++) value[i] = reference - value[i];
    }
  }
}

INLINE void mark(winnow_numbers numbers, const int64_t *rows, size_t count, uint8_t bit,
                 uint8_t *patterns) {
  switch (numbers.width) {
    case 2: {
      const int16_t *cells = numbers.cells;
      for (size_t i = 0; i < count; i++)
        patterns[i] |= (uint8_t)((cells[rows[i]] == INT16_MIN) << bit);
      break;
    }
    case 4: {
      const int32_t *cells = numbers.cells;
      for (size_t i = 0; i < count; i++)
        patterns[i] |= (uint8_t)((cells[rows[i]] == INT32_MIN) << bit);
      break;
    }
    default: {
      const double *cells = numbers.cells;
      for (size_t i = 0; i < count; i++) {
        const double cell = cells[rows[i]];
        patterns[i] |= (uint8_t)((cell != cell) << bit);
      }
    }
  }
}

void winnow_mark_missing(winnow_numbers numbers, const winnow_numbers *references,
                         const int64_t *restrict rows, size_t count, uint8_t bit,
                         uint8_t *restrict patterns) {
  mark(numbers, rows, count, bit, patterns);
  if (references) mark(*references, rows, count, bit, patterns);
}

/* The place of each number among counts, of what is missing the last; gives whether all are whole and have one. */
INLINE int places_of(winnow_numbers numbers, const int64_t *rows, size_t some, uint32_t last,
                     uint32_t *places) {
  uint32_t is_other = 0;
  if (numbers.width != 8 && numbers.unit == WINNOW_ONES) {
    int32_t wholes[PART];
    const int32_t missing = missing_of(numbers);
    gather_whole(numbers, rows, some, wholes);
    for (size_t i = 0; i < some; i++) {
      const int is_missing = wholes[i] == missing;
      const uint32_t whole = (uint32_t)wholes[i];
      is_other |= !is_missing & (whole > last);
      places[i] = is_missing ? last + 1 : whole;
    }
    return !is_other;
  }
  double values[PART];
  take(numbers, rows, some, values);
  for (size_t i = 0; i < some; i++) {
    const double value = values[i];
    const int is_missing = value != value;
    const int is_small = (value >= 0) & (value <= last);
    const uint32_t whole = (uint32_t)(int32_t)(is_small ? value : 0);
    is_other |= !(is_missing | (is_small & ((double)whole == value)));
    places[i] = is_missing ? last + 1 : whole;
  }
  return !is_other;
}

WINNOW_KERNEL(int, winnow_count_whole,
              (winnow_numbers numbers, const int64_t *restrict rows,
               const double *restrict outcomes, size_t count, uint32_t last,
               uint32_t *restrict counts),
              (numbers, rows, outcomes, count, last, counts)) {
  for (size_t first = 0; first < count; first += PART) {
    const size_t some = count - first < PART ? count - first : PART;
    uint32_t places[PART];
    if (!places_of(numbers, rows + first, some, last, places)) return 0;
    /* Four tables in turn, so that rows of the same number that follow each other do not wait for the same count: most
       columns of counts have few. */
    for (size_t i = 0; i < some; i++)
      counts[8 * (size_t)places[i] + 2 * (i % 4) + (outcomes[first + i] != 0)]++;
  }
  return 1;
}

WINNOW_KERNEL(void, winnow_mix_numbers,
              (winnow_numbers numbers, size_t start, const int64_t *restrict rows, size_t count,
               uint64_t *restrict hashes),
              (numbers, start, rows, count, hashes)) {
  for (size_t first = 0; first < count; first += PART) {
    const size_t some = count - first < PART ? count - first : PART;
    double part[PART];
    const double *values = part;
    if (rows)
      take(numbers, rows + first, some, part);
    else
      values = take_from(numbers, start + first, some, part);
    for (size_t i = 0; i < some; i++) {
      const double value = values[i];
      const uint64_t bits = value != value ? 1 : bits_of(value + 0.0);
      hashes[first + i] = mixed(hashes[first + i] ^ bits);
    }
  }
}
