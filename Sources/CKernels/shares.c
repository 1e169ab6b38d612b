#include "winnow_shares.h"

/* The same bytes on every machine. */
#pragma STDC FP_CONTRACT OFF

#include "elementary.h"
#include "winnow_kernel.h"

WINNOW_KERNEL(void, winnow_line_shares,
              (const double *restrict numbers, size_t rows, winnow_line line, double missing,
               double *restrict shares),
              (numbers, rows, line, missing, shares)) {
  if (line.takes_logarithm) {
    for (size_t i = 0; i < rows; i++) {
      double x = numbers[i];
      double held = x > line.lowest ? x : line.lowest;
      held = held < line.highest ? held : line.highest;
      double share = line.slope * ((log_of_one_plus_any(held, 1) - line.mean) / line.deviation);
      shares[i] = x == x ? share : missing;
    }
  } else {
    for (size_t i = 0; i < rows; i++) {
      double x = numbers[i];
      double held = x > line.lowest ? x : line.lowest;
      held = held < line.highest ? held : line.highest;
      double share = line.slope * ((held - line.mean) / line.deviation);
      shares[i] = x == x ? share : missing;
    }
  }
}

#define LANES 8

typedef double doubles __attribute__((vector_size(8 * LANES), aligned(8), may_alias));
typedef int64_t wholes __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

/* How many of some rising numbers are below each of eight others: all are compared with all, which for a
   hundred takes less time than a search that no processor foresees. */
INLINE void count_below(const double x[LANES], const double *rising, size_t count,
                        int64_t found[LANES]) {
  wholes sums = {0};
  for (size_t j = 0; j < count; j++) sums -= (doubles){0} + rising[j] < *(const doubles *)x;
  *(wholes *)found = sums;
}

/* The value at a number above so many of the places. */
INLINE double point_value(double x, size_t place, const double *places, const double *values,
                          size_t count) {
  if (count == 0) return 0.0;
  if (place == 0) return values[0];
  if (place == count) return values[place - 1];
  if (places[place] == x) return values[place];
  double part = (x - places[place - 1]) / (places[place] - places[place - 1]);
  return values[place - 1] + part * (values[place] - values[place - 1]);
}

WINNOW_KERNEL(void, winnow_point_shares,
              (const double *restrict numbers, size_t rows, const double *restrict places,
               const double *restrict values, size_t count, const double *restrict levels,
               const double *restrict effects, size_t level_count, double *restrict shares),
              (numbers, rows, places, values, count, levels, effects, level_count, shares)) {
  for (size_t i = 0; i < rows; i += LANES) {
    size_t lanes = rows - i < LANES ? rows - i : LANES;
    double x[LANES] = {0};
    int64_t place[LANES], level[LANES];
    memcpy(x, numbers + i, lanes * sizeof *x);
    count_below(x, places, count, place);
    count_below(x, levels, level_count, level);
    for (size_t lane = 0; lane < lanes; lane++) {
      double share = point_value(x[lane], (size_t)place[lane], places, values, count);
      size_t own = (size_t)level[lane];
      if (own < level_count && levels[own] == x[lane]) share += effects[own];
      shares[i + lane] = share;
    }
  }
}

size_t winnow_whole_shares(const double *restrict numbers, size_t rows,
                           const double *restrict table, size_t count, double missing,
                           double *restrict shares, double *restrict rest,
                           uint32_t *restrict rest_rows) {
  size_t others = 0;
  double end = (double)count;
  for (size_t i = 0; i < rows; i++) {
    double x = numbers[i];
    /* A number that the table cannot have is looked up as 0, and then not taken. */
    int is_near = x >= 0.0 && x < end;
    int32_t whole = is_near ? (int32_t)x : 0;
    int is_whole = is_near && (double)whole == x;
    shares[i] = is_whole ? table[whole] : missing;
    rest[others] = x;
    rest_rows[others] = (uint32_t)i;
    others += !is_whole && x == x;
  }
  return others;
}

WINNOW_KERNEL(void, winnow_count_numbers,
              (const double *restrict numbers, size_t rows, double lowest, double highest,
               size_t counts[2]),
              (numbers, rows, lowest, highest, counts)) {
  size_t missing = 0, outside = 0;
  for (size_t i = 0; i < rows; i++) {
    missing += numbers[i] != numbers[i];
    outside += (numbers[i] < lowest) | (numbers[i] > highest);
  }
  counts[0] = missing;
  counts[1] = outside;
}

#define CODE_SHARES(BITS)                                                                 \
  void winnow_code_shares_##BITS(const uint##BITS##_t *restrict codes, size_t rows,       \
                                 const double *restrict table, double *restrict shares) { \
    for (size_t i = 0; i < rows; i++) shares[i] = table[codes[i]];                        \
  }
CODE_SHARES(8)
CODE_SHARES(16)
CODE_SHARES(32)

#define COUNT_CODES(BITS)                                                                 \
  WINNOW_KERNEL(void, winnow_count_codes_##BITS,                                          \
                (const uint##BITS##_t *restrict codes, size_t rows, uint##BITS##_t other, \
                 size_t counts[2]),                                                       \
                (codes, rows, other, counts)) {                                           \
    size_t missing = 0, others = 0;                                                       \
    for (size_t i = 0; i < rows; i++) {                                                   \
      missing += codes[i] == 0;                                                           \
      others += codes[i] == other;                                                        \
    }                                                                                     \
    counts[0] = missing;                                                                  \
    counts[1] = others;                                                                   \
  }
COUNT_CODES(16)
COUNT_CODES(32)

WINNOW_KERNEL(void, winnow_cut_codes,
              (const double *restrict numbers, size_t rows, const double *restrict cuts,
               size_t count, uint8_t missing, uint8_t *restrict codes),
              (numbers, rows, cuts, count, missing, codes)) {
  for (size_t i = 0; i < rows; i += LANES) {
    size_t lanes = rows - i < LANES ? rows - i : LANES;
    double x[LANES] = {0};
    int64_t found[LANES];
    memcpy(x, numbers + i, lanes * sizeof *x);
    count_below(x, cuts, count, found);
    for (size_t lane = 0; lane < lanes; lane++)
      codes[i + lane] = x[lane] == x[lane] ? (uint8_t)found[lane] : missing;
  }
}

void winnow_pair_shares(const uint8_t *restrict first, const uint8_t *restrict second, size_t rows,
                        size_t width, const double *restrict table, double *restrict shares) {
  for (size_t i = 0; i < rows; i++) shares[i] = table[first[i] * width + second[i]];
}
