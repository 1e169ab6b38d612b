#include "winnow_eights.h"

#include <math.h>

#include "dense_group.h"
#include "elementary.h"
#include "winnow_kernel.h"

#define LOAD LOAD_EIGHT

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

/* Values that are widened at a time: their factors then come straight from the first-level cache to all eight. */
#define WIDE 256

/* The products of COUNT rows from row K of a group on, so many that no sum waits for the one before. */
#define ADD_ROWS(K, COUNT)                                                                       \
  do {                                                                                           \
    eight sum[COUNT];                                                                            \
    for (size_t k = 0; k < COUNT; k++) sum[k] = LOAD(out + 8 * (i + K + k));                     \
    for (size_t j = 0; j < width; j++)                                                           \
      for (size_t k = 0; k < COUNT; k++) sum[k] += wide[8 * j + K + k] * LOAD(factors + 8 * j);  \
    for (size_t k = 0; k < COUNT; k++) EIGHT(out + 8 * (i + K + k)) = sum[k];                    \
  } while (0)

/* The sums of COUNT columns: as many as registers hold twice. */
#define ADD_COLUMNS(COUNT, LOAD_COLUMN)                                                          \
  do {                                                                                           \
    eight sum[COUNT];                                                                            \
    for (size_t l = 0; l < COUNT; l++) sum[l] = LOAD(sums + 8 * (column + l));                   \
    for (size_t i = 0; i < rows; i += 8) {                                                       \
      const size_t some = rows - i < 8 ? rows - i : 8;                                           \
      for (size_t l = 0; l < COUNT; l++)                                                         \
        EIGHT(wide + 8 * l) = LOAD_COLUMN(x + columns * i + 8 * (column + l));                   \
      for (size_t k = 0; k < some; k++)                                                          \
        for (size_t l = 0; l < COUNT; l++) sum[l] += wide[8 * l + k] * LOAD(weights + 8 * (i + k)); \
    }                                                                                            \
    for (size_t l = 0; l < COUNT; l++) EIGHT(sums + 8 * (column + l)) = sum[l];                  \
  } while (0)

#define EIGHT_DENSE(TYPE, BITS)                                                                  \
  WINNOW_KERNEL(void, winnow_eight_dense_values_##BITS,                                          \
                (const TYPE *restrict x, size_t rows, size_t columns,                            \
                 const double *restrict vectors, double *restrict out),                          \
                (x, rows, columns, vectors, out)) {                                              \
    double wide[WIDE];                                                                           \
    for (size_t i = 0; i < rows; i += 8, x += 8 * columns) {                                     \
      for (size_t column = 0; column < columns; column += WIDE / 8) {                            \
        const size_t width = columns - column < WIDE / 8 ? columns - column : WIDE / 8;          \
        const double *const factors = vectors + 8 * column;                                      \
        for (size_t j = 0; j < width; j++)                                                       \
          EIGHT(wide + 8 * j) = LOAD_COLUMN_##BITS(x + 8 * (column + j));                        \
        if (i + 8 <= rows) {                                                                     \
          ADD_ROWS(0, 4);                                                                        \
          ADD_ROWS(4, 4);                                                                        \
        } else {                                                                                 \
          for (size_t row = 0; i + row < rows; row++) ADD_ROWS(row, 1);                          \
        }                                                                                        \
      }                                                                                          \
    }                                                                                            \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_eight_dense_sums_##BITS,                                            \
                (const TYPE *restrict x, const double *restrict weights, size_t rows,            \
                 size_t columns, double *restrict sums),                                         \
                (x, weights, rows, columns, sums)) {                                             \
    double wide[8 * 4];                                                                          \
    size_t column = 0;                                                                           \
    for (; column + 4 <= columns; column += 4) ADD_COLUMNS(4, LOAD_COLUMN_##BITS);               \
    for (; column < columns; column++) ADD_COLUMNS(1, LOAD_COLUMN_##BITS);                       \
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
