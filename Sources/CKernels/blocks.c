#include "winnow_blocks.h"

#include "winnow_clones.h"

#define WIDEN(NAME, TYPE)                                                                        \
  WINNOW_CLONES void NAME(const TYPE *restrict codes, size_t first, size_t rows,                 \
                          uint32_t *restrict out) {                                              \
    for (size_t i = 0; i < rows; i++) out[i] = codes[first + i];                                 \
  }
WIDEN(winnow_widen_8, uint8_t)
WIDEN(winnow_widen_16, uint16_t)
WIDEN(winnow_widen_32, uint32_t)

WINNOW_CLONES void winnow_join(uint32_t *restrict cells, const uint32_t *restrict codes,
                               uint32_t count, size_t rows) {
  for (size_t i = 0; i < rows; i++) cells[i] = cells[i] * count + codes[i];
}

void winnow_cell_sums(const uint32_t *restrict cells, const double *restrict weights, size_t first,
                      size_t rows, size_t apart, double *restrict sums) {
  const double *w = weights + first;
  size_t i = 0;
  for (; i + 4 <= rows; i += 4) {
    sums[cells[i]] += w[i];
    sums[apart + cells[i + 1]] += w[i + 1];
    sums[2 * apart + cells[i + 2]] += w[i + 2];
    sums[3 * apart + cells[i + 3]] += w[i + 3];
  }
  for (; i < rows; i++) sums[cells[i]] += w[i];
}

WINNOW_CLONES void winnow_cell_values(const uint32_t *restrict cells, size_t rows,
                                      const double *restrict table, double *restrict out) {
  for (size_t i = 0; i < rows; i++) out[i] += table[cells[i]];
}

/* The loops over dense values, once for each precision. */
#define DENSE(TYPE, BITS)                                                                        \
  WINNOW_CLONES void winnow_cell_dense_sums_##BITS(                                              \
      const uint32_t *restrict cells, const double *restrict weights, const TYPE *restrict x,    \
      size_t first, size_t rows, size_t stride, size_t column, size_t width,                     \
      double *restrict sums) {                                                                   \
    const TYPE *row = x + first * stride + column;                                               \
    for (size_t i = 0; i < rows; i++, row += stride) {                                           \
      const double w = weights[first + i];                                                       \
      double *sum = sums + (size_t)cells[i] * width;                                             \
      for (size_t j = 0; j < width; j += 4)                                                      \
        for (size_t l = 0; l < 4; l++) sum[j + l] += w * row[j + l];                             \
    }                                                                                            \
  }                                                                                              \
  WINNOW_CLONES void winnow_dense_times_##BITS(const TYPE *restrict x, size_t first,             \
                                               size_t rows, size_t stride,                       \
                                               const double *restrict vector,                    \
                                               double *restrict out) {                           \
    const TYPE *row = x + first * stride;                                                        \
    for (size_t i = 0; i < rows; i++, row += stride) {                                           \
      double sum[4] = {0, 0, 0, 0};                                                              \
      for (size_t j = 0; j < stride; j += 4)                                                     \
        for (size_t l = 0; l < 4; l++) sum[l] += row[j + l] * vector[j + l];                     \
      out[i] += (sum[0] + sum[1]) + (sum[2] + sum[3]);                                           \
    }                                                                                            \
  }                                                                                              \
  WINNOW_CLONES void winnow_dense_sums_##BITS(const TYPE *restrict x,                            \
                                              const double *restrict weights, size_t first,      \
                                              size_t rows, size_t stride,                        \
                                              double *restrict sums) {                           \
    size_t column = 0;                                                                           \
    for (; column + 16 <= stride; column += 16) {                                                \
      const TYPE *row = x + first * stride + column;                                             \
      double sum[16] = {0};                                                                      \
      for (size_t i = 0; i < rows; i++, row += stride)                                           \
        for (size_t l = 0; l < 16; l++) sum[l] += weights[first + i] * row[l];                   \
      for (size_t l = 0; l < 16; l++) sums[column + l] += sum[l];                                \
    }                                                                                            \
    for (; column < stride; column += 4) {                                                       \
      const TYPE *row = x + first * stride + column;                                             \
      double sum[4] = {0};                                                                       \
      for (size_t i = 0; i < rows; i++, row += stride)                                           \
        for (size_t l = 0; l < 4; l++) sum[l] += weights[first + i] * row[l];                    \
      for (size_t l = 0; l < 4; l++) sums[column + l] += sum[l];                                 \
    }                                                                                            \
  }                                                                                              \
  WINNOW_CLONES void winnow_dense_scaled_##BITS(const TYPE *restrict x, size_t first,            \
                                                size_t rows, size_t stride,                      \
                                                const double *restrict scales,                   \
                                                double *restrict out, size_t out_stride) {       \
    const TYPE *row = x + first * stride;                                                        \
    for (size_t i = 0; i < rows; i++, row += stride, out += out_stride)                          \
      for (size_t j = 0; j < stride; j += 4)                                                     \
        for (size_t l = 0; l < 4; l++) out[j + l] = scales[i] * row[j + l];                      \
  }
DENSE(float, 32)
DENSE(double, 64)
