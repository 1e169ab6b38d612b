#ifndef WINNOW_DENSE_H
#define WINNOW_DENSE_H

#include <stddef.h>
#include <stdint.h>

#include "winnow_cpu.h"

/* Loops over `rows` dense rows of a design matrix, kept in 32 or 64 bits; results are 64-bit sums.

   Rows lie in groups of eight, in each of them column after column: the value of row i and column j is
     x[8 * columns * (i / 8) + 8 * j + i % 8]
   An instruction takes eight rows of a column; a column has no more room than its values. The last group is filled up,
   with zeros. `x` points to the first row, which begins a group. */

/* Writes values to a column; returns whether all of them are finite in that precision. */
int winnow_dense_place_32(const double *values, size_t rows, size_t columns, size_t column,
                          float *x);
int winnow_dense_place_64(const double *values, size_t rows, size_t columns, size_t column,
                          double *x);

/* out[i] += sum over j of x[i][j] * vector[j] */
void winnow_dense_times_32(const float *x, size_t rows, size_t columns, const double *vector,
                           double *out);
void winnow_dense_times_64(const double *x, size_t rows, size_t columns, const double *vector,
                           double *out);

/* sums[j] += sum over i of weights[i] * x[i][j]; more than 256 rows at once give the same digits as 256 at a time. */
void winnow_dense_sums_32(const float *x, const double *weights, size_t rows, size_t columns,
                          double *sums);
void winnow_dense_sums_64(const double *x, const double *weights, size_t rows, size_t columns,
                          double *sums);

/* Values in `count` panels of four columns, from `column` on, row after row within a panel, and zeros where there are no
   more columns:
     weighted[4 * (j / 4 * rows + i) + j % 4] = weights[i] * x[i][column + j]
   and likewise `plain`, unless it is NULL, without the weights. */
void winnow_dense_panels_32(const float *x, const double *weights, size_t rows, size_t columns,
                            size_t column, size_t count, double *weighted, double *plain);
void winnow_dense_panels_64(const double *x, const double *weights, size_t rows, size_t columns,
                            size_t column, size_t count, double *weighted, double *plain);

/* Of `count` panels, where panels[i][j] is what they hold of row i and column j: */

/* sums[j] += sum over i of panels[i][j] */
void winnow_panel_sums(const double *panels, size_t rows, size_t count, double *sums);

/* sums[4 * count * cells[i] + j] += panels[i][j] */
void winnow_panel_cell_sums(const uint32_t *cells, const double *panels, size_t rows, size_t count,
                            double *sums);

/* Of rows with the hat code c and the fraction t (see winnow_blocks.h; fractions are of all rows, from `first` on):
   sums[8 * count * c + j] += (1 - t) panels[i][j], and t panels[i][j] 4 * count sums further. */
void winnow_panel_hat_sums(const uint32_t *codes, const float *fractions, size_t first,
                           const double *panels, size_t rows, size_t count, double *sums);

/* products[j * 4 * count + k] += sum over i of weighted[i][j] * plain[i][k];
   only where panel k / 4 is not before panel j / 4. */
void winnow_panel_products(const double *plain, const double *weighted, size_t rows, size_t count,
                           double *products);

#endif
