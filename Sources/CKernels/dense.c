#include "winnow_dense.h"

#include "dense_group.h"
#include "winnow_kernel.h"

/* The sum of eight in pairs. */
INLINE double total(const eight *lanes) {
  const eight sum = *lanes;
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

/* Rows that are summed at a time, whatever the tile, so that the digits do not depend on it. */
#define SUMMED 256

/* The sums of COUNT columns over `rows` rows, added to `sums`: of eight rows in turn, so that no addition waits for the one
   before. */
#define ADD_COLUMNS(COUNT, LOAD)                                                                 \
  for (size_t first = 0; first < rows; first += SUMMED) {                                        \
    eight sum[COUNT] = {{0}};                                                                    \
    const size_t end = rows - first < SUMMED ? rows : first + SUMMED;                            \
    size_t i = first;                                                                            \
    for (; i + 8 <= end; i += 8)                                                                 \
      for (size_t l = 0; l < COUNT; l++)                                                         \
        sum[l] += LOAD_EIGHT(weights + i) * LOAD(x + columns * i + 8 * (column + l));            \
    for (size_t l = 0; l < COUNT; l++) {                                                         \
      for (size_t k = 0; k < end - i; k++)                                                       \
        sum[l][k] += weights[i + k] * (double)x[columns * i + 8 * (column + l) + k];             \
      sums[column + l] += total(&sum[l]);                                                        \
    }                                                                                            \
  }

/* The loops over dense values, once for each precision. */
#define DENSE(TYPE, EIGHT_VALUES, BITS)                                                                  \
  WINNOW_KERNEL(int, winnow_dense_place_##BITS,                                                  \
                (const double *restrict values, size_t rows, size_t columns, size_t column,      \
                 TYPE *restrict x),                                                              \
                (values, rows, columns, column, x)) {                                            \
    TYPE *group = x + 8 * column;                                                                \
    /* A value times 0 is not 0 where it is not finite. */                                       \
    EIGHT_VALUES zeros = {0};                                                                    \
    for (size_t i = 0; i < rows; i += 8, group += 8 * columns) {                                 \
      eight numbers = {0};                                                                       \
      if (i + 8 <= rows)                                                                         \
        numbers = LOAD_EIGHT(values + i);                                                        \
      else                                                                                       \
        for (size_t k = 0; i + k < rows; k++) numbers[k] = values[i + k];                        \
      const EIGHT_VALUES kept = __builtin_convertvector(numbers, EIGHT_VALUES);                  \
      *(EIGHT_VALUES *)group = kept;                                                             \
      zeros += kept * 0;                                                                         \
    }                                                                                            \
    const eight sums = __builtin_convertvector(zeros, eight);                                    \
    return total(&sums) == 0;                                                                    \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_dense_times_##BITS,                                                 \
                (const TYPE *restrict x, size_t rows, size_t columns,                            \
                 const double *restrict vector, double *restrict out),                           \
                (x, rows, columns, vector, out)) {                                               \
    for (size_t i = 0; i < rows; i += 8, x += 8 * columns) {                                     \
      /* Four sums in turn, so that additions do not wait for each other. */                     \
      eight sum[4] = {{0}};                                                                      \
      size_t j = 0;                                                                              \
      for (; j + 4 <= columns; j += 4)                                                           \
        for (size_t l = 0; l < 4; l++)                                                           \
          sum[l] += vector[j + l] * LOAD_COLUMN_##BITS(x + 8 * (j + l));                         \
      for (; j < columns; j++) sum[0] += vector[j] * LOAD_COLUMN_##BITS(x + 8 * j);              \
      const eight product = (sum[0] + sum[1]) + (sum[2] + sum[3]);                               \
      if (i + 8 <= rows)                                                                         \
        EIGHT(out + i) += product;                                                               \
      else                                                                                       \
        for (size_t k = 0; i + k < rows; k++) out[i + k] += product[k];                          \
    }                                                                                            \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_dense_sums_##BITS,                                                  \
                (const TYPE *restrict x, const double *restrict weights, size_t rows,            \
                 size_t columns, double *restrict sums),                                         \
                (x, weights, rows, columns, sums)) {                                             \
    size_t column = 0;                                                                           \
    for (; column + 6 <= columns; column += 6) ADD_COLUMNS(6, LOAD_COLUMN_##BITS)               \
    for (; column + 3 <= columns; column += 3) ADD_COLUMNS(3, LOAD_COLUMN_##BITS)               \
    for (; column < columns; column++) ADD_COLUMNS(1, LOAD_COLUMN_##BITS)                       \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_dense_panels_##BITS,                                                \
                (const TYPE *restrict x, const double *restrict weights, size_t rows,            \
                 size_t columns, size_t column, size_t count, double *restrict weighted,         \
                 double *restrict plain),                                                        \
                (x, weights, rows, columns, column, count, weighted, plain)) {                   \
    for (const size_t end = column + 4 * count; column < end; column += 4) {                     \
      const TYPE *group = x + 8 * column;                                                        \
      const size_t width = columns - column < 4 ? columns - column : 4;                          \
      eight values[4] = {{0}};                                                                   \
      for (size_t i = 0; i < rows; i += 8, group += 8 * columns) {                               \
        for (size_t l = 0; l < width; l++) values[l] = LOAD_COLUMN_##BITS(group + 8 * l);        \
        four lines[8];                                                                           \
        transpose(values, lines);                                                                \
        const size_t some = rows - i < 8 ? rows - i : 8;                                         \
        for (size_t k = 0; k < some; k++) FOUR(weighted + 4 * k) = weights[i + k] * lines[k];    \
        weighted += 4 * some;                                                                    \
        if (!plain) continue;                                                                    \
        for (size_t k = 0; k < some; k++) FOUR(plain + 4 * k) = lines[k];                        \
        plain += 4 * some;                                                                       \
      }                                                                                          \
    }                                                                                            \
  }

/* The rows of four columns. */
INLINE void transpose(const eight columns[4], four lines[8]) {
  const eight even = __builtin_shufflevector(columns[0], columns[1], 0, 8, 2, 10, 4, 12, 6, 14);
  const eight odd = __builtin_shufflevector(columns[0], columns[1], 1, 9, 3, 11, 5, 13, 7, 15);
  const eight more_even = __builtin_shufflevector(columns[2], columns[3], 0, 8, 2, 10, 4, 12, 6, 14);
  const eight more_odd = __builtin_shufflevector(columns[2], columns[3], 1, 9, 3, 11, 5, 13, 7, 15);
  lines[0] = __builtin_shufflevector(even, more_even, 0, 1, 8, 9);
  lines[1] = __builtin_shufflevector(odd, more_odd, 0, 1, 8, 9);
  lines[2] = __builtin_shufflevector(even, more_even, 2, 3, 10, 11);
  lines[3] = __builtin_shufflevector(odd, more_odd, 2, 3, 10, 11);
  lines[4] = __builtin_shufflevector(even, more_even, 4, 5, 12, 13);
  lines[5] = __builtin_shufflevector(odd, more_odd, 4, 5, 12, 13);
  lines[6] = __builtin_shufflevector(even, more_even, 6, 7, 14, 15);
  lines[7] = __builtin_shufflevector(odd, more_odd, 6, 7, 14, 15);
}

DENSE(float, eight_floats, 32)
DENSE(double, eight, 64)

WINNOW_KERNEL(void, winnow_panel_sums,
              (const double *restrict panels, size_t rows, size_t count, double *restrict sums),
              (panels, rows, count, sums)) {
  for (size_t p = 0; p < count; p++, sums += 4) {
    four even = {0}, odd = {0};
    size_t i = 0;
    for (; i + 2 <= rows; i += 2, panels += 8) {
      even += LOAD_FOUR(panels);
      odd += LOAD_FOUR(panels + 4);
    }
    for (; i < rows; i++, panels += 4) even += LOAD_FOUR(panels);
    FOUR(sums) += even + odd;
  }
}

WINNOW_KERNEL(void, winnow_panel_cell_sums,
              (const uint32_t *restrict cells, const double *restrict panels, size_t rows,
               size_t count, double *restrict sums),
              (cells, panels, rows, count, sums)) {
  for (size_t i = 0; i < rows; i++) {
    double *sum = sums + 4 * count * cells[i];
    for (size_t p = 0; p < count; p++) FOUR(sum + 4 * p) += LOAD_FOUR(panels + 4 * (p * rows + i));
  }
}

WINNOW_KERNEL(void, winnow_panel_hat_sums,
              (const uint32_t *restrict codes, const float *restrict fractions, size_t first,
               const double *restrict panels, size_t rows, size_t count, double *restrict sums),
              (codes, fractions, first, panels, rows, count, sums)) {
  for (size_t i = 0; i < rows; i++) {
    const double right = fractions[first + i], left = 1 - right;
    double *sum = sums + 8 * count * codes[i];
    for (size_t p = 0; p < count; p++) {
      const four values = LOAD_FOUR(panels + 4 * (p * rows + i));
      FOUR(sum + 4 * p) += left * values;
      FOUR(sum + 4 * (count + p)) += right * values;
    }
  }
}

/* The products of four columns with 4 * COUNT others: as many sums as fit 16 registers. */
#define ADD_PRODUCTS(COUNT)                                                                      \
  do {                                                                                           \
    four sum[4][COUNT] = {{{0}}};                                                                \
    for (size_t i = 0; i < rows; i++)                                                            \
      for (size_t k = 0; k < 4; k++)                                                             \
        for (size_t l = 0; l < COUNT; l++)                                                       \
          sum[k][l] += left[4 * i + k] * LOAD_FOUR(right + 4 * (l * rows + i));                    \
    for (size_t k = 0; k < 4; k++)                                                               \
      for (size_t l = 0; l < COUNT; l++) FOUR(out + k * width + 4 * l) += sum[k][l];          \
  } while (0)

/* Right panels that stay in the cache while every left panel passes. */
enum { GROUP = 24 };

WINNOW_KERNEL(void, winnow_panel_products,
              (const double *restrict panels, const double *restrict weighted, size_t rows,
               size_t count, double *restrict products),
              (panels, weighted, rows, count, products)) {
  const size_t width = 4 * count;
  for (size_t group = 0; group < count; group += GROUP) {
    const size_t end = group + GROUP < count ? group + GROUP : count;
    for (size_t p = 0; p < end; p++) {
      const double *left = weighted + 4 * rows * p;
      for (size_t q = p > group ? p : group; q < end; q += 2) {
        const double *right = panels + 4 * rows * q;
        double *out = products + 4 * p * width + 4 * q;
        if (q + 1 < end)
          ADD_PRODUCTS(2);
        else
          ADD_PRODUCTS(1);
      }
    }
  }
}
