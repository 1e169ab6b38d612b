#ifndef WINNOW_BLOCKS_H
#define WINNOW_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#include "winnow_cpu.h"

/* Loops over the codes of `rows` rows of a design matrix, from row `first` of its arrays on; for dense values see
   winnow_dense.h.

   Codes are read as they are kept; for joint cells they are widened, and joined, a few rows at a time. */

/* out[i] = codes[first + i] */
void winnow_widen_8(const uint8_t *codes, size_t first, size_t rows, uint32_t *out);
void winnow_widen_16(const uint16_t *codes, size_t first, size_t rows, uint32_t *out);
void winnow_widen_32(const uint32_t *codes, size_t first, size_t rows, uint32_t *out);

/* cells[i] = first[i] * count + codes[i]: another factor of a cross table; `cells` may be `first` itself */
void winnow_join(const uint32_t *first, const uint32_t *codes, uint32_t count, size_t rows,
                 uint32_t *cells);

/* sums[cells[i]] += weights[first + i], in 1, 4 or 8 copies of the table that are `apart` doubles apart:
   rows that follow each other then do not wait for the same sum. */
void winnow_cell_sums_8(const uint8_t *cells, const double *weights, size_t first, size_t rows,
                        size_t copies, size_t apart, double *sums);
void winnow_cell_sums_16(const uint16_t *cells, const double *weights, size_t first, size_t rows,
                         size_t copies, size_t apart, double *sums);
void winnow_cell_sums_32(const uint32_t *cells, const double *weights, size_t first, size_t rows,
                         size_t copies, size_t apart, double *sums);

/* sums[i mod 8] += values[i]: one sum alone would have each addition wait for the one before. */
void winnow_lane_sums(const double *values, size_t count, double sums[8]);

/* Of rows with the codes a and b (`width` of them) of all rows' arrays: sums[2 (a * width + b)] += r and
   the sum after it += w. */
void winnow_pair_sums(const uint8_t *first_codes, const uint8_t *second_codes, uint32_t width,
                      const double *residuals, const double *weights, size_t first, size_t rows,
                      double *sums);

/* out[i] += table[cells[i]] */
void winnow_cell_values_8(const uint8_t *cells, size_t rows, const double *table, double *out);
void winnow_cell_values_16(const uint16_t *cells, size_t rows, const double *table, double *out);
void winnow_cell_values_32(const uint32_t *cells, size_t rows, const double *table, double *out);

/* The same of four columns at once, each with its table: the sums are read and written once. */
void winnow_four_cell_values_8(const uint8_t *a, const double *s, const uint8_t *b, const double *t,
                               const uint8_t *c, const double *u, const uint8_t *d, const double *v,
                               size_t rows, double *out);
void winnow_four_cell_values_16(const uint16_t *a, const double *s, const uint16_t *b,
                                const double *t, const uint16_t *c, const double *u,
                                const uint16_t *d, const double *v, size_t rows, double *out);

/* Hats: a row has a code c (the interval that its value is in; 0 where there is none) and a fraction
   t of the interval, 0...1. It weighs 1 - t with the interval's left knot and t with its right one.
   `fractions` are of all rows, codes of these alone. */

/* out[i] += table[2 c] + t * table[2 c + 1] */
void winnow_hat_values_8(const uint8_t *codes, const float *fractions, size_t first, size_t rows,
                         const double *table, double *out);
void winnow_hat_values_16(const uint16_t *codes, const float *fractions, size_t first, size_t rows,
                          const double *table, double *out);

/* sums[2 c] += w (1 - t), sums[2 c + 1] += w t */
void winnow_hat_sums_8(const uint8_t *codes, const float *fractions, const double *weights,
                       size_t first, size_t rows, double *sums);
void winnow_hat_sums_16(const uint16_t *codes, const float *fractions, const double *weights,
                        size_t first, size_t rows, double *sums);
void winnow_hat_sums_32(const uint32_t *codes, const float *fractions, const double *weights,
                        size_t first, size_t rows, double *sums);

/* sums[4 c] += w (1 - t)^2, sums[4 c + 1] += w (1 - t) t, sums[4 c + 2] += w t^2 */
void winnow_hat_squares(const uint32_t *codes, const float *fractions, const double *weights,
                        size_t first, size_t rows, double *sums);

/* Two hats, of which the second has `count` codes; the four sums of a pair of intervals are w times
   (1 - s) (1 - t), (1 - s) t, s (1 - t) and s t, where s is the first's fraction. */
void winnow_hat_pairs(const uint32_t *codes, const float *fractions, const uint32_t *others,
                      const float *other_fractions, uint32_t count, const double *weights,
                      size_t first, size_t rows, double *sums);

#endif
