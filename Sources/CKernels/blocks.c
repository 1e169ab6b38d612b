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
              (const uint32_t *first, const uint32_t *restrict codes, uint32_t count, size_t rows,
               uint32_t *cells),
              (first, codes, count, rows, cells)) {
  /* Either all rows are in their own place, or none is. */
#pragma clang loop vectorize(assume_safety)
  for (size_t i = 0; i < rows; i++) cells[i] = first[i] * count + codes[i];
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
