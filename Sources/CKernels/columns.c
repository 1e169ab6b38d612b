#include "winnow_columns.h"

/* No products and sums in one: what training learns of a column has the same digits on every path. */
#pragma STDC FP_CONTRACT OFF

#include "elementary.h"
#include "winnow_kernel.h"

/* Sums that are kept side by side: one alone would have each addition wait for the one before. Value k goes to sum
   k mod 8, whatever the processor, so that sums do not depend on how wide its registers are. */
#define LANES 8

#define FOLD(SUM) \
  (((SUM[0] + SUM[1]) + (SUM[2] + SUM[3])) + ((SUM[4] + SUM[5]) + (SUM[6] + SUM[7])))

/* What rows count that have no weights. */
static const double ones[LANES] = {1, 1, 1, 1, 1, 1, 1, 1};

/* Calls ADD(values, SHARES) for eight values from `first` on at a time; the last ones are filled up with shares of 0. */
#define BY_EIGHTS(ADD, SHARES, SHARE)                                   \
  do {                                                                  \
    size_t first = 0;                                                   \
    for (; first + LANES <= count; first += LANES)                      \
      ADD(values + first, SHARES);                                      \
    if (first < count) {                                                \
      double last[LANES] = {0}, shares[LANES] = {0};                    \
      for (size_t k = 0; first + k < count; k++) {                      \
        last[k] = values[first + k];                                    \
        shares[k] = SHARE;                                              \
      }                                                                 \
      ADD(last, shares);                                                \
    }                                                                   \
  } while (0)

/* Calls ADD(values, weights): a loop of its own for rows that count once, which reads half as much. */
#define BY_LANES(ADD)                                                   \
  do {                                                                  \
    if (weights)                                                        \
      BY_EIGHTS(ADD, weights + first, weights[first + k]);              \
    else                                                                \
      BY_EIGHTS(ADD, ones, 1);                                          \
  } while (0)

typedef struct {
  double weight[LANES], missing[LANES], sum[LANES], low[LANES], high[LANES];
} range_lanes;

INLINE void add_range(range_lanes *lanes, const double *value, const double *share) {
  for (size_t k = 0; k < LANES; k++) {
    const int is_missing = value[k] != value[k];
    const int counts = (share[k] > 0) & !is_missing;
    lanes->weight[k] += is_missing ? 0 : share[k];
    lanes->missing[k] += is_missing ? share[k] : 0;
    lanes->sum[k] += counts ? share[k] * value[k] : 0;
    lanes->low[k] = (counts & (value[k] < lanes->low[k])) ? value[k] : lanes->low[k];
    lanes->high[k] = (counts & (value[k] > lanes->high[k])) ? value[k] : lanes->high[k];
  }
}

WINNOW_KERNEL(winnow_range_sums, winnow_sum_range,
              (const double *values, const double *weights, size_t count),
              (values, weights, count)) {
  const double infinity = __builtin_inf();
  range_lanes lanes = {{0}, {0}, {0}, {0}, {0}};
  for (size_t k = 0; k < LANES; k++) {
    lanes.low[k] = infinity;
    lanes.high[k] = -infinity;
  }
#define ADD(VALUE, SHARE) add_range(&lanes, VALUE, SHARE)
  BY_LANES(ADD);
#undef ADD
  winnow_range_sums all = {FOLD(lanes.weight), FOLD(lanes.missing), FOLD(lanes.sum), infinity,
                           -infinity};
  for (size_t k = 0; k < LANES; k++) {
    all.lowest = lanes.low[k] < all.lowest ? lanes.low[k] : all.lowest;
    all.highest = lanes.high[k] > all.highest ? lanes.high[k] : all.highest;
  }
  return all;
}

typedef struct {
  double squares[LANES], cubes[LANES], at_low[LANES], at_high[LANES];
} central_lanes;

INLINE void add_central(central_lanes *lanes, const double *value, const double *share,
                        double unit, double center, double lowest, double highest) {
  for (size_t k = 0; k < LANES; k++) {
    const int counts = (share[k] > 0) & (value[k] == value[k]);
    const double difference = counts ? value[k] / unit - center : 0;
    const double square = share[k] * difference * difference;
    lanes->squares[k] += square;
    lanes->cubes[k] += square * difference;
    lanes->at_low[k] += value[k] == lowest ? share[k] : 0;
    lanes->at_high[k] += value[k] == highest ? share[k] : 0;
  }
}

WINNOW_KERNEL(winnow_central_sums, winnow_sum_central,
              (const double *values, const double *weights, size_t count, double unit,
               double center, double lowest, double highest),
              (values, weights, count, unit, center, lowest, highest)) {
  central_lanes lanes = {{0}, {0}, {0}, {0}};
  if (unit == 1) {
    /* Nearly all columns: without the divisions. */
#define ADD(VALUE, SHARE) add_central(&lanes, VALUE, SHARE, 1, center, lowest, highest)
    BY_LANES(ADD);
#undef ADD
  } else {
#define ADD(VALUE, SHARE) add_central(&lanes, VALUE, SHARE, unit, center, lowest, highest)
    BY_LANES(ADD);
#undef ADD
  }
  return (winnow_central_sums){FOLD(lanes.squares), FOLD(lanes.cubes), FOLD(lanes.at_low),
                               FOLD(lanes.at_high)};
}

WINNOW_KERNEL(void, winnow_clamp,
              (double *values, size_t count, double lowest, double highest),
              (values, count, lowest, highest)) {
  for (size_t i = 0; i < count; i++) {
    const double value = values[i];
    /* Comparisons with what is not a number are false. */
    values[i] = value < lowest ? lowest : value > highest ? highest : value;
  }
}

/* Values that are looked at together. */
#define SOME 64

WINNOW_KERNEL(void, winnow_logarithms, (const double *values, size_t count, double *logarithms),
              (values, count, logarithms)) {
  size_t first = 0;
  for (; first + SOME <= count; first += SOME) {
    /* A copy, as the logarithms may take the values' place: the loops below are wide where nothing can overlap. */
    double x[SOME];
    memcpy(x, values + first, sizeof x);
    double *out = logarithms + first;
    /* Whole numbers lose nothing beside 1, and then need no division for it. */
    int loses = 0;
    for (size_t i = 0; i < SOME; i++) {
      const double sum = 1.0 + x[i];
      loses |= (x[i] >= 1.0) & (sum - x[i] != 1.0);
    }
    if (loses)
      for (size_t i = 0; i < SOME; i++)
        out[i] = x[i] != x[i] ? x[i] : log_of_one_plus_any(x[i], 1);
    else
      for (size_t i = 0; i < SOME; i++)
        out[i] = x[i] != x[i] ? x[i] : log_of_one_plus_any(x[i], 0);
  }
  for (; first < count; first++) {
    const double value = values[first];
    logarithms[first] = value != value ? value : log_of_one_plus_any(value, 1);
  }
}

WINNOW_KERNEL(void, winnow_standardize,
              (double *values, size_t count, double mean, double deviation),
              (values, count, mean, deviation)) {
  const double infinity = __builtin_inf();
  int overflows = 0;
  for (size_t i = 0; i < count; i++) {
    const double difference = values[i] - mean;
    overflows |= difference == infinity || difference == -infinity;
  }
  for (size_t i = 0; i < count; i++) {
    const double value = values[i];
    /* Only numbers near the largest that there is overflow in the difference. */
    const double moved = !overflows || __builtin_isfinite(value - mean)
                             ? (value - mean) / deviation
                             : value / deviation - mean / deviation;
    values[i] = value != value ? 0 : moved;
  }
}

WINNOW_KERNEL(int, winnow_standardize_whole,
              (double *restrict values, size_t count, const double *restrict table, uint32_t last),
              (values, count, table, last)) {
  for (size_t first = 0; first < count; first += SOME) {
    const size_t some = count - first < SOME ? count - first : SOME;
    double *const value = values + first;
    uint32_t place[SOME];
    int others = 0;
    for (size_t i = 0; i < some; i++) {
      const int is_missing = value[i] != value[i];
      const int is_small = (value[i] >= 0) & (value[i] < 0x1p31);
      const int32_t whole = (int32_t)(is_small ? value[i] : 0);
      others |= !is_missing & (!is_small | ((double)whole != value[i]));
      const uint32_t held = (uint32_t)whole < last ? (uint32_t)whole : last;
      place[i] = is_missing ? last + 1 : held;
    }
    if (others) return 0;
    for (size_t i = 0; i < some; i++) value[i] = table[place[i]];
  }
  return 1;
}

void winnow_mark_code(const uint8_t *restrict codes, uint8_t code, const int64_t *restrict rows,
                      size_t count, uint8_t bit, uint8_t *restrict patterns) {
  for (size_t i = 0; i < count; i++)
    patterns[i] |= (uint8_t)((codes[rows[i]] == code) << bit);
}

/* The weight of a row. */
#define OWN(ROW) weights[ROW]
#define ONE(ROW) 1

#define ADD_BY_CODES(WEIGHT)                                                                    \
  do {                                                                                          \
    size_t i = 0;                                                                               \
    for (; i + 4 <= count; i += 4)                                                              \
      for (size_t k = 0; k < 4; k++) sums[k * apart + codes[rows[i + k]]] += WEIGHT(i + k);     \
    for (; i < count; i++) sums[codes[rows[i]]] += WEIGHT(i);                                   \
  } while (0)

#define CODE_WEIGHTS(BITS)                                                                      \
  void winnow_code_weights_##BITS(const uint##BITS##_t *restrict codes,                         \
                                  const int64_t *restrict rows, const double *restrict weights, \
                                  size_t count, size_t apart, double *restrict sums) {          \
    if (weights)                                                                                \
      ADD_BY_CODES(OWN);                                                                        \
    else                                                                                        \
      ADD_BY_CODES(ONE);                                                                        \
  }
CODE_WEIGHTS(8)
CODE_WEIGHTS(16)
CODE_WEIGHTS(32)

WINNOW_KERNEL(void, winnow_groups,
              (const double *restrict values, size_t count, const double *restrict cuts,
               size_t cut_count, uint8_t *restrict groups),
              (values, count, cuts, cut_count, groups)) {
  /* Cuts filled up to one less than a power of two, so that the steps of all values are the same. */
  double filled[256];
  uint32_t half = 1;
  while (half <= cut_count) half *= 2;
  for (uint32_t k = 0; k < half; k++) filled[k] = k < cut_count ? cuts[k] : __builtin_inf();
  for (size_t first = 0; first < count; first += SOME) {
    const size_t some = count - first < SOME ? count - first : SOME;
    double value[SOME] = {0};
    uint32_t low[SOME] = {0};
    memcpy(value, values + first, some * sizeof *value);
    for (uint32_t step = half / 2; step > 0; step /= 2)
      for (size_t i = 0; i < SOME; i++)
        low[i] += filled[low[i] + step - 1] < value[i] ? step : 0;
    for (size_t i = 0; i < some; i++)
      groups[first + i] = (uint8_t)(value[i] != value[i] ? cut_count + 1 : low[i]);
  }
}

typedef double four __attribute__((vector_size(32), aligned(8), may_alias));

WINNOW_KERNEL(void, winnow_bin_sums,
              (const double *restrict values, const double *restrict logarithms,
               const double *restrict outcomes, const double *restrict weights, size_t count,
               double scale, uint32_t last, double *restrict sums),
              (values, logarithms, outcomes, weights, count, scale, last, sums)) {
  for (size_t first = 0; first < count; first += SOME) {
    const size_t some = count - first < SOME ? count - first : SOME;
    /* First all bins: a branch at each missing value would be foretold wrongly. */
    double value[SOME] = {0}, logarithm[SOME] = {0};
    uint32_t bin[SOME];
    for (size_t i = 0; i < some; i++) value[i] = values[first + i];
    for (size_t i = 0; i < some; i++) logarithm[i] = logarithms[first + i];
    for (size_t i = 0; i < SOME; i++) {
      const double place = logarithm[i] * scale;
      const uint32_t whole = (uint32_t)(int32_t)(place < last ? place : last);
      bin[i] = value[i] != value[i] ? last + 1 : whole;
    }
    for (size_t i = 0; i < some; i++) {
      const double weight = weights ? weights[first + i] : 1;
      /* Two tables in turn: rows of the same bin that follow each other do not wait for the same sums. */
      *(four *)(sums + 4 * (2 * (size_t)bin[i] + i % 2)) +=
          (four){weight, weight * outcomes[first + i], weight * value[i], weight * logarithm[i]};
    }
  }
}
