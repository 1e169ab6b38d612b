#include "winnow_blocks.h"

#include "winnow_kernel.h"

typedef double two __attribute__((vector_size(16), aligned(8), may_alias));
typedef double four __attribute__((vector_size(32), aligned(8), may_alias));

#define PAIR(PLACE) (*(two *)(PLACE))
#define DOUBLES(PLACE) (*(four *)(PLACE))

#define HAT_VALUES(BITS)                                                                         \
  WINNOW_KERNEL(void, winnow_hat_values_##BITS,                                                  \
                (const uint##BITS##_t *restrict codes, const float *restrict fractions,          \
                 size_t first, size_t rows, const double *restrict table, double *restrict out), \
                (codes, fractions, first, rows, table, out)) {                                   \
    for (size_t i = 0; i < rows; i++) {                                                          \
      const double *entry = table + 2 * (size_t)codes[i];                                        \
      out[i] += entry[0] + fractions[first + i] * entry[1];                                      \
    }                                                                                            \
  }
HAT_VALUES(8)
HAT_VALUES(16)

#define HAT_SUMS(BITS)                                                                           \
  WINNOW_KERNEL(void, winnow_hat_sums_##BITS,                                                    \
                (const uint##BITS##_t *restrict codes, const float *restrict fractions,          \
                 const double *restrict weights, size_t first, size_t rows,                      \
                 double *restrict sums),                                                         \
                (codes, fractions, weights, first, rows, sums)) {                                \
    for (size_t i = 0; i < rows; i++) {                                                          \
      const double w = weights[first + i], right = w * fractions[first + i];                     \
      PAIR(sums + 2 * (size_t)codes[i]) += (two){w - right, right};                              \
    }                                                                                            \
  }
HAT_SUMS(8)
HAT_SUMS(16)
HAT_SUMS(32)

WINNOW_KERNEL(void, winnow_hat_squares,
              (const uint32_t *restrict codes, const float *restrict fractions,
               const double *restrict weights, size_t first, size_t rows, double *restrict sums),
              (codes, fractions, weights, first, rows, sums)) {
  for (size_t i = 0; i < rows; i++) {
    const double t = fractions[first + i];
    const double right = weights[first + i] * t, left = weights[first + i] - right;
    DOUBLES(sums + 4 * (size_t)codes[i]) += (four){left * (1 - t), left * t, right * t, 0};
  }
}

WINNOW_KERNEL(void, winnow_hat_pairs,
              (const uint32_t *restrict codes, const float *restrict fractions,
               const uint32_t *restrict others, const float *restrict other_fractions,
               uint32_t count, const double *restrict weights, size_t first, size_t rows,
               double *restrict sums),
              (codes, fractions, others, other_fractions, count, weights, first, rows, sums)) {
  for (size_t i = 0; i < rows; i++) {
    const double t = other_fractions[first + i];
    const double right = weights[first + i] * fractions[first + i];
    const double left = weights[first + i] - right;
    double *cell = sums + 4 * ((size_t)codes[i] * count + others[i]);
    DOUBLES(cell) += (four){left * (1 - t), left * t, right * (1 - t), right * t};
  }
}
