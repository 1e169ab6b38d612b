#include "winnow_blocks.h"

#include "winnow_kernel.h"

#define WIDEN(NAME, TYPE)                                                                        \
  WINNOW_KERNEL(void, NAME,                                                                      \
                (const TYPE *restrict codes, size_t first, size_t rows, uint32_t *restrict out), \
                (codes, first, rows, out)) {                                                     \
    for (size_t i = 0; i < rows; i++) out[i] = codes[first + i];                                 \
  }
WIDEN(winnow_widen_8, uint8_t)
WIDEN(winnow_widen_16, uint16_t)
WIDEN(winnow_widen_32, uint32_t)

WINNOW_KERNEL(void, winnow_join,
              (uint32_t *restrict cells, const uint32_t *restrict codes, uint32_t count,
               size_t rows),
              (cells, codes, count, rows)) {
  for (size_t i = 0; i < rows; i++) cells[i] = cells[i] * count + codes[i];
}

#define CELL_SUMS(BITS)                                                                          \
  void winnow_cell_sums_##BITS(const uint##BITS##_t *restrict cells,                             \
                               const double *restrict weights, size_t first, size_t rows,        \
                               size_t copies, size_t apart, double *restrict sums) {             \
    const double *w = weights + first;                                                           \
    double *table[8];                                                                            \
    for (size_t k = 0; k < 8; k++) table[k] = sums + k % copies * apart;                         \
    size_t i = 0;                                                                                \
    for (; i + 8 <= rows; i += 8) {                                                              \
      table[0][cells[i]] += w[i];                                                                \
      table[1][cells[i + 1]] += w[i + 1];                                                        \
      table[2][cells[i + 2]] += w[i + 2];                                                        \
      table[3][cells[i + 3]] += w[i + 3];                                                        \
      table[4][cells[i + 4]] += w[i + 4];                                                        \
      table[5][cells[i + 5]] += w[i + 5];                                                        \
      table[6][cells[i + 6]] += w[i + 6];                                                        \
      table[7][cells[i + 7]] += w[i + 7];                                                        \
    }                                                                                            \
    for (; i < rows; i++) sums[cells[i]] += w[i];                                                \
  }
CELL_SUMS(8)
CELL_SUMS(16)
CELL_SUMS(32)

WINNOW_KERNEL(void, winnow_lane_sums,
              (const double *restrict values, size_t count, double sums[8]),
              (values, count, sums)) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    for (size_t k = 0; k < 8; k++) sums[k] += values[i + k];
  for (; i < count; i++) sums[i % 8] += values[i];
}

typedef double two __attribute__((vector_size(16), aligned(8), may_alias));

void winnow_pair_sums(const uint8_t *restrict first_codes, const uint8_t *restrict second_codes,
                      uint32_t width, const double *restrict residuals,
                      const double *restrict weights, size_t first, size_t rows,
                      double *restrict sums) {
  for (size_t i = first; i < first + rows; i++) {
    const two row = {residuals[i], weights[i]};
    *(two *)(sums + 2 * (first_codes[i] * width + second_codes[i])) += row;
  }
}

/* Looked up one by one: gathering eight at a time took half as long again on EPYC. */
#define CELL_VALUES(BITS)                                                                        \
  void winnow_cell_values_##BITS(const uint##BITS##_t *restrict cells, size_t rows,              \
                                 const double *restrict table, double *restrict out) {           \
    for (size_t i = 0; i < rows; i++) out[i] += table[cells[i]];                                 \
  }
CELL_VALUES(8)
CELL_VALUES(16)
CELL_VALUES(32)

#define FOUR_CELL_VALUES(BITS)                                                                   \
  void winnow_four_cell_values_##BITS(                                                           \
      const uint##BITS##_t *restrict a, const double *restrict s,                                \
      const uint##BITS##_t *restrict b, const double *restrict t,                                \
      const uint##BITS##_t *restrict c, const double *restrict u,                                \
      const uint##BITS##_t *restrict d, const double *restrict v, size_t rows,                   \
      double *restrict out) {                                                                    \
    for (size_t i = 0; i < rows; i++) out[i] += (s[a[i]] + t[b[i]]) + (u[c[i]] + v[d[i]]);        \
  }
FOUR_CELL_VALUES(8)
FOUR_CELL_VALUES(16)

/* Four values at a time: named as such, since compilers reorder plain loops over four at a loss. */
typedef double four __attribute__((vector_size(32), aligned(8), may_alias));
typedef float four_floats __attribute__((vector_size(16), aligned(4), may_alias));

#define DOUBLES(PLACE) (*(four *)(PLACE))
#define LOAD_64(PLACE) (*(const four *)(PLACE))
#define LOAD_32(PLACE) __builtin_convertvector(*(const four_floats *)(PLACE), four)

/* The sums of 4 * COUNT columns over `rows` rows, added to `sums`. */
#define ADD_COLUMNS(COUNT, LOAD)                                                                 \
  do {                                                                                           \
    four sum[COUNT] = {{0}};                                                                     \
    for (size_t i = block; i < end; i++)                                                         \
      for (size_t l = 0; l < COUNT; l++)                                                         \
        sum[l] += weights[first + i] * LOAD(x + (first + i) * stride + column + 4 * l);          \
    for (size_t l = 0; l < COUNT; l++) DOUBLES(sums + column + 4 * l) += sum[l];                 \
  } while (0)

/* Writes a column beside others; a value times 0 is not 0 where it is not finite. */
#define PLACE(NAME, TYPE)                                                                        \
  int NAME(const double *restrict column, size_t first, size_t rows, TYPE *restrict out,         \
           size_t stride) {                                                                      \
    TYPE even = 0, odd = 0;                                                                      \
    size_t i = 0;                                                                                \
    for (; i + 2 <= rows; i += 2) {                                                              \
      const TYPE value = (TYPE)column[first + i], next = (TYPE)column[first + i + 1];            \
      even += value * 0;                                                                         \
      odd += next * 0;                                                                           \
      out[i * stride] = value;                                                                   \
      out[(i + 1) * stride] = next;                                                              \
    }                                                                                            \
    if (i < rows) even += (out[i * stride] = (TYPE)column[first + i]) * 0;                       \
    return even == 0 && odd == 0;                                                                \
  }
PLACE(winnow_place_32, float)
PLACE(winnow_place_64, double)

/* The loops over dense values, once for each precision. */
#define DENSE(TYPE, BITS)                                                                        \
  WINNOW_KERNEL(void, winnow_cell_dense_sums_##BITS,                                             \
                (const uint32_t *restrict cells, const double *restrict weights,                 \
                 const TYPE *restrict x, size_t first, size_t rows, size_t stride,               \
                 size_t column, size_t width, double *restrict sums),                            \
                (cells, weights, x, first, rows, stride, column, width, sums)) {                 \
    const TYPE *row = x + first * stride + column;                                               \
    for (size_t i = 0; i < rows; i++, row += stride) {                                           \
      const double w = weights[first + i];                                                       \
      double *sum = sums + (size_t)cells[i] * width;                                             \
      for (size_t j = 0; j < width; j += 4) DOUBLES(sum + j) += w * LOAD_##BITS(row + j);        \
    }                                                                                            \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_dense_times_##BITS,                                                 \
                (const TYPE *restrict x, size_t first, size_t rows, size_t stride,               \
                 const double *restrict vector, double *restrict out),                           \
                (x, first, rows, stride, vector, out)) {                                         \
    const TYPE *row = x + first * stride;                                                        \
    for (size_t i = 0; i < rows; i++, row += stride) {                                           \
      four even = {0}, odd = {0};                                                                \
      size_t j = 0;                                                                              \
      for (; j + 8 <= stride; j += 8) {                                                          \
        even += LOAD_##BITS(row + j) * LOAD_64(vector + j);                                      \
        odd += LOAD_##BITS(row + j + 4) * LOAD_64(vector + j + 4);                               \
      }                                                                                          \
      if (j < stride) even += LOAD_##BITS(row + j) * LOAD_64(vector + j);                        \
      even += odd;                                                                               \
      out[i] += (even[0] + even[1]) + (even[2] + even[3]);                                       \
    }                                                                                            \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_dense_sums_##BITS,                                                  \
                (const TYPE *restrict x, const double *restrict weights, size_t first,           \
                 size_t rows, size_t stride, double *restrict sums),                             \
                (x, weights, first, rows, stride, sums)) {                                       \
    for (size_t block = 0; block < rows; block += 64) {                                          \
      const size_t end = block + 64 < rows ? block + 64 : rows;                                  \
      size_t column = 0;                                                                         \
      for (; column + 24 <= stride; column += 24) ADD_COLUMNS(6, LOAD_##BITS);                   \
      for (; column + 12 <= stride; column += 12) ADD_COLUMNS(3, LOAD_##BITS);                   \
      for (; column + 8 <= stride; column += 8) ADD_COLUMNS(2, LOAD_##BITS);                     \
      for (; column < stride; column += 4) ADD_COLUMNS(1, LOAD_##BITS);                          \
    }                                                                                            \
  }                                                                                              \
  WINNOW_KERNEL(void, winnow_dense_panels_##BITS,                                                \
                (const TYPE *restrict x, const double *restrict weights, size_t first,           \
                 size_t rows, size_t stride, double *restrict panels,                            \
                 double *restrict weighted),                                                     \
                (x, weights, first, rows, stride, panels, weighted)) {                           \
    for (size_t j = 0; j < stride; j += 4) {                                                     \
      const TYPE *row = x + first * stride + j;                                                  \
      for (size_t i = 0; i < rows; i++, row += stride, panels += 4, weighted += 4) {             \
        const four values = LOAD_##BITS(row);                                                    \
        DOUBLES(panels) = values;                                                                \
        DOUBLES(weighted) = weights[first + i] * values;                                         \
      }                                                                                          \
    }                                                                                            \
  }
DENSE(float, 32)
DENSE(double, 64)

/* The products of four columns with 4 * COUNT others: as many sums as fit 16 registers. */
#define ADD_PRODUCTS(COUNT)                                                                      \
  do {                                                                                           \
    four sum[4][COUNT] = {{{0}}};                                                                \
    for (size_t i = 0; i < rows; i++)                                                            \
      for (size_t k = 0; k < 4; k++)                                                             \
        for (size_t l = 0; l < COUNT; l++)                                                       \
          sum[k][l] += left[4 * i + k] * LOAD_64(right + 4 * (l * rows + i));                    \
    for (size_t k = 0; k < 4; k++)                                                               \
      for (size_t l = 0; l < COUNT; l++) DOUBLES(out + k * width + 4 * l) += sum[k][l];          \
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
