#include "winnow_eights.h"

#include <math.h>

#include "elementary.h"
#include "winnow_kernel.h"

typedef double eight __attribute__((vector_size(64), aligned(8), may_alias));

#define EIGHT(PLACE) (*(eight *)(PLACE))
#define LOAD(PLACE) (*(const eight *)(PLACE))

WINNOW_KERNEL(void, winnow_eight_fill,
              (const double values[8], size_t rows, double *restrict out), (values, rows, out)) {
  for (size_t i = 0; i < rows; i++) EIGHT(out + 8 * i) = LOAD(values);
}

WINNOW_KERNEL(void, winnow_eight_sums,
              (const double *restrict weights, size_t rows, double sums[8]),
              (weights, rows, sums)) {
  eight sum = LOAD(sums);
  for (size_t i = 0; i < rows; i++) sum += LOAD(weights + 8 * i);
  EIGHT(sums) = sum;
}

#define EIGHT_CELLS(BITS)                                                                        \
  WINNOW_KERNEL(void, winnow_eight_cell_values_##BITS,                                           \
                (const uint##BITS##_t *restrict cells, size_t rows,                              \
                 const double *restrict table, double *restrict out),                            \
                (cells, rows, table, out)) {                                                     \
    for (size_t i = 0; i < rows; i++) EIGHT(out + 8 * i) += LOAD(table + 8 * (size_t)cells[i]);  \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_eight_cell_sums_##BITS,                                             \
                (const uint##BITS##_t *restrict cells, const double *restrict weights,           \
                 size_t rows, double *restrict sums),                                            \
                (cells, weights, rows, sums)) {                                                  \
    for (size_t i = 0; i < rows; i++)                                                            \
      EIGHT(sums + 8 * (size_t)cells[i]) += LOAD(weights + 8 * i);                               \
  }
EIGHT_CELLS(8)
EIGHT_CELLS(16)
EIGHT_CELLS(32)

#define EIGHT_HATS(BITS)                                                                         \
  WINNOW_KERNEL(void, winnow_eight_hat_values_##BITS,                                            \
                (const uint##BITS##_t *restrict codes, const float *restrict fractions,          \
                 size_t first, size_t rows, const double *restrict table, double *restrict out), \
                (codes, fractions, first, rows, table, out)) {                                   \
    for (size_t i = 0; i < rows; i++) {                                                          \
      const double *entry = table + 16 * (size_t)codes[i];                                       \
      EIGHT(out + 8 * i) += LOAD(entry) + (double)fractions[first + i] * LOAD(entry + 8);        \
    }                                                                                            \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_eight_hat_sums_##BITS,                                              \
                (const uint##BITS##_t *restrict codes, const float *restrict fractions,          \
                 const double *restrict weights, size_t first, size_t rows,                      \
                 double *restrict sums),                                                         \
                (codes, fractions, weights, first, rows, sums)) {                                \
    for (size_t i = 0; i < rows; i++) {                                                          \
      const eight w = LOAD(weights + 8 * i), right = w * (double)fractions[first + i];           \
      double *sum = sums + 16 * (size_t)codes[i];                                                \
      EIGHT(sum) += w - right;                                                                   \
      EIGHT(sum + 8) += right;                                                                   \
    }                                                                                            \
  }
EIGHT_HATS(8)
EIGHT_HATS(16)

typedef double four __attribute__((vector_size(32), aligned(8), may_alias));
typedef float four_floats __attribute__((vector_size(16), aligned(4), may_alias));

#define FOUR(PLACE) (*(four *)(PLACE))
#define LOAD_64(PLACE) (*(const four *)(PLACE))
#define LOAD_32(PLACE) __builtin_convertvector(*(const four_floats *)(PLACE), four)

/* Values that are widened at a time: their factors then come straight from the first-level cache to all eight. */
#define WIDE 256

/* Four rows at a time, so that no sum waits for the one before; four columns, as many sums as registers hold twice. */
#define EIGHT_DENSE(TYPE, BITS)                                                                  \
  WINNOW_KERNEL(void, winnow_eight_dense_values_##BITS,                                          \
                (const TYPE *restrict x, size_t first, size_t rows, size_t stride,               \
                 const double *restrict vectors, double *restrict out),                          \
                (x, first, rows, stride, vectors, out)) {                                        \
    double wide[WIDE];                                                                           \
    for (size_t i = 0; i < rows; i += 4) {                                                       \
      const size_t count = rows - i < 4 ? rows - i : 4;                                          \
      for (size_t column = 0; column < stride; column += WIDE / 4) {                             \
        const size_t width = stride - column < WIDE / 4 ? stride - column : WIDE / 4;            \
        for (size_t k = 0; k < count; k++)                                                       \
          for (size_t j = 0; j < width; j += 4)                                                  \
            FOUR(wide + k * width + j) = LOAD_##BITS(x + (first + i + k) * stride + column + j); \
        double *const target = out + 8 * i;                                                      \
        const double *const factors = vectors + 8 * column;                                      \
        if (count == 4) {                                                                        \
          eight sum[4];                                                                          \
          for (size_t k = 0; k < 4; k++) sum[k] = LOAD(target + 8 * k);                          \
          for (size_t j = 0; j < width; j++)                                                     \
            for (size_t k = 0; k < 4; k++) sum[k] += wide[k * width + j] * LOAD(factors + 8 * j); \
          for (size_t k = 0; k < 4; k++) EIGHT(target + 8 * k) = sum[k];                         \
        } else {                                                                                 \
          for (size_t k = 0; k < count; k++) {                                                   \
            eight sum = LOAD(target + 8 * k);                                                    \
            for (size_t j = 0; j < width; j++) sum += wide[k * width + j] * LOAD(factors + 8 * j); \
            EIGHT(target + 8 * k) = sum;                                                         \
          }                                                                                      \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_eight_dense_sums_##BITS,                                            \
                (const TYPE *restrict x, const double *restrict weights, size_t first,           \
                 size_t rows, size_t stride, double *restrict sums),                             \
                (x, weights, first, rows, stride, sums)) {                                       \
    double wide[WIDE];                                                                           \
    for (size_t i = 0; i < rows; i += WIDE / 4) {                                                \
      const size_t count = rows - i < WIDE / 4 ? rows - i : WIDE / 4;                            \
      for (size_t j = 0; j < stride; j += 4) {                                                   \
        for (size_t k = 0; k < count; k++)                                                       \
          FOUR(wide + 4 * k) = LOAD_##BITS(x + (first + i + k) * stride + j);                    \
        eight sum[4];                                                                            \
        for (size_t l = 0; l < 4; l++) sum[l] = LOAD(sums + 8 * (j + l));                        \
        for (size_t k = 0; k < count; k++)                                                       \
          for (size_t l = 0; l < 4; l++) sum[l] += wide[4 * k + l] * LOAD(weights + 8 * (i + k)); \
        for (size_t l = 0; l < 4; l++) EIGHT(sums + 8 * (j + l)) = sum[l];                       \
      }                                                                                          \
    }                                                                                            \
  }
EIGHT_DENSE(float, 32)
EIGHT_DENSE(double, 64)

/* Rows whose eights stay in registers and the first-level cache between the loops. */
#define BLOCK 32

WINNOW_KERNEL(void, winnow_eight_fold_terms,
              (size_t first, size_t rows, const double *restrict outcome,
               const double *restrict weight, const uint8_t *restrict fold, double *restrict eta,
               double sums[8]),
              (first, rows, outcome, weight, fold, eta, sums)) {
  double powers[8 * BLOCK], probabilities[8 * BLOCK];
  eight total = LOAD(sums);
  for (size_t start = 0; start < rows; start += BLOCK) {
    const size_t count = rows - start < BLOCK ? rows - start : BLOCK;
    double *restrict x = eta + 8 * start;
    for (size_t k = 0; k < 8 * count; k++) {
      double e = exp_of_negative(-fabs(x[k]));
      double larger = 1.0 / (1.0 + e);
      powers[k] = e;
      probabilities[k] = x[k] > 0 ? larger : e * larger;
    }
    /* A loop of its own: the two chains of products are too long for one. */
    for (size_t k = 0; k < 8 * count; k++)
      powers[k] = log_of_one_plus(powers[k]) + (x[k] > 0 ? x[k] : 0);
    for (size_t i = 0; i < count; i++) {
      const size_t row = first + start + i, own = fold[row] & 7;
      const double y = outcome[row], w = weight ? weight[row] : 1;
      eight predictor = LOAD(x + 8 * i), loss = LOAD(powers + 8 * i);
      eight residual = w * (y - LOAD(probabilities + 8 * i));
      loss = w * (loss - y * predictor);
      EIGHT(x + 8 * i) = residual;
      x[8 * i + own] = 0;
      EIGHT(powers + 8 * i) = loss;
      powers[8 * i + own] = 0;
    }
    for (size_t i = 0; i < count; i++) total += LOAD(powers + 8 * i);
  }
  EIGHT(sums) = total;
}

WINNOW_KERNEL(void, winnow_eight_fold_held,
              (size_t first, size_t rows, const double *restrict outcome,
               const double *restrict weight, const uint8_t *restrict fold,
               const double *restrict eta, double *restrict held, double sums[8]),
              (first, rows, outcome, weight, fold, eta, held, sums)) {
  double losses[8 * BLOCK];
  for (size_t start = 0; start < rows; start += 8 * BLOCK) {
    const size_t count = rows - start < 8 * BLOCK ? rows - start : 8 * BLOCK;
    const double *restrict y = outcome + first + start;
    double *restrict x = held + start;
    for (size_t i = 0; i < count; i++)
      x[i] = eta[8 * (start + i) + (fold[first + start + i] & 7)];
    for (size_t i = 0; i < count; i++)
      losses[i] = log_of_one_plus(exp_of_negative(-fabs(x[i]))) +
                  (x[i] > 0 ? (1.0 - y[i]) * x[i] : -(y[i] * x[i]));
    if (weight)
      for (size_t i = 0; i < count; i++) losses[i] *= weight[first + start + i];
    for (size_t i = 0; i < count; i++) sums[fold[first + start + i] & 7] += losses[i];
  }
}

WINNOW_KERNEL(void, winnow_eight_fold_spread,
              (size_t first, size_t rows, const double *restrict residual,
               const uint8_t *restrict fold, double *restrict out),
              (first, rows, residual, fold, out)) {
  for (size_t i = 0; i < rows; i++) {
    EIGHT(out + 8 * i) = (eight){0};
    out[8 * i + (fold[first + i] & 7)] = residual[first + i];
  }
}
