#ifndef WINNOW_EIGHTS_H
#define WINNOW_EIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include "winnow_cpu.h"

/* Loops over `rows` rows of a design matrix for eight vectors at once, such as the coefficients of eight folds: what
   belongs to one column, or to one row, is eight numbers side by side, one a vector. A row's codes and values are then
   brought from memory once for all of them, and a table is looked up once.

   Codes, cells, dense values, `out` and `weights` are of these rows alone, the other arrays of all rows, from row `first` on. */

/* out[i] = values */
void winnow_eight_fill(const double values[8], size_t rows, double *out);

/* sums += weights[i] */
void winnow_eight_sums(const double *weights, size_t rows, double sums[8]);

/* out[i] += table[cells[i]] */
void winnow_eight_cell_values_8(const uint8_t *cells, size_t rows, const double *table,
                                double *out);
void winnow_eight_cell_values_16(const uint16_t *cells, size_t rows, const double *table,
                                 double *out);
void winnow_eight_cell_values_32(const uint32_t *cells, size_t rows, const double *table,
                                 double *out);

/* sums[cells[i]] += weights[i] */
void winnow_eight_cell_sums_8(const uint8_t *cells, const double *weights, size_t rows,
                              double *sums);
void winnow_eight_cell_sums_16(const uint16_t *cells, const double *weights, size_t rows,
                               double *sums);
void winnow_eight_cell_sums_32(const uint32_t *cells, const double *weights, size_t rows,
                               double *sums);

/* out[i] += table[2 c] + t * table[2 c + 1], of rows with the code c and the fraction t */
void winnow_eight_hat_values_8(const uint8_t *codes, const float *fractions, size_t first,
                               size_t rows, const double *table, double *out);
void winnow_eight_hat_values_16(const uint16_t *codes, const float *fractions, size_t first,
                                size_t rows, const double *table, double *out);

/* sums[2 c] += w (1 - t), sums[2 c + 1] += w t */
void winnow_eight_hat_sums_8(const uint8_t *codes, const float *fractions, const double *weights,
                             size_t first, size_t rows, double *sums);
void winnow_eight_hat_sums_16(const uint16_t *codes, const float *fractions, const double *weights,
                              size_t first, size_t rows, double *sums);

/* out[i] += sum over j of x[i][j] * vectors[j]; the rows, here and below, as in winnow_dense.h */
void winnow_eight_dense_values_32(const float *x, size_t rows, size_t columns,
                                  const double *vectors, double *out);
void winnow_eight_dense_values_64(const double *x, size_t rows, size_t columns,
                                  const double *vectors, double *out);

/* sums[j] += sum over i of x[i][j] * weights[i] */
void winnow_eight_dense_sums_32(const float *x, const double *weights, size_t rows, size_t columns,
                                double *sums);
void winnow_eight_dense_sums_64(const double *x, const double *weights, size_t rows, size_t columns,
                                double *sums);

/* The logistic loss of rows by the predictors eta (eight a row) of models each of which leaves a fold out.

   Row i has the outcome y in 0...1, the weight w (1 where weight is NULL) and the fold f < 8:
     eta[i] = w * (y - p)           p = 1 / (1 + exp(-eta)); 0 for model f
     sums  += w * (log(1 + exp(eta)) - y * eta), in nats; 0 for model f */
void winnow_eight_fold_terms(size_t first, size_t rows, const double *outcome,
                             const double *weight, const uint8_t *fold, double *eta,
                             double sums[8]);

/* The same models of the rows that each leaves out:
     held[i]  = eta[i][f]
     sums[f] += w * (log(1 + exp(held)) - y * held) */
void winnow_eight_fold_held(size_t first, size_t rows, const double *outcome,
                            const double *weight, const uint8_t *fold, const double *eta,
                            double *held, double sums[8]);

/* out[i] = 0, but for residual[first + i] in the place of the row's fold. */
void winnow_eight_fold_spread(size_t first, size_t rows, const double *residual,
                              const uint8_t *fold, double *out);

#endif
