#ifndef WINNOW_COLUMNS_H
#define WINNOW_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

/* Loops over the values of a column, of which those that are not a number are missing. Weights that are NULL are 1. */

/* Sums over the values whose weight is above 0. */
typedef struct {
  double weight, missing_weight;
  /* Of weight times value. */
  double sum;
  /* Infinite, and the wrong way round, where there is none. */
  double lowest, highest;
} winnow_range_sums;

winnow_range_sums winnow_sum_range(const double *values, const double *weights, size_t count);

/* Sums of weighted powers of value / unit - center, and of the weights of values at the ends of the range. */
typedef struct {
  double squares, cubes;
  double weight_at_lowest, weight_at_highest;
} winnow_central_sums;

winnow_central_sums winnow_sum_central(const double *values, const double *weights, size_t count,
                                       double unit, double center, double lowest, double highest);

/* Brings values into a range; missing ones stay. */
void winnow_clamp(double *values, size_t count, double lowest, double highest);

/* log(1 + value) of values of 0 or more, to 1.2 units of the last place; missing ones stay. They may take the values'
   place. */
void winnow_logarithms(const double *values, size_t count, double *logarithms);

/* (value - mean) / deviation, and 0 for missing values; the deviation is above 0. */
void winnow_standardize(double *values, size_t count, double mean, double deviation);

/* The values of whole numbers from 0 on by a table: value k becomes table[k], one of `last` or more table[last], and a missing
   one table[last + 1]. Gives 1, or 0 where one is anything else: those before it may then have been replaced. */
int winnow_standardize_whole(double *values, size_t count, const double *table, uint32_t last);

/* Sets a bit of patterns[i] where codes[rows[i]] is the code. */
void winnow_mark_code(const uint8_t *codes, uint8_t code, const int64_t *rows, size_t count,
                      uint8_t bit, uint8_t *patterns);

/* The weights of rows by their codes, in 4 tables `apart` doubles apart for rows in turn:
     sums[(i mod 4) * apart + codes[rows[i]]] += weights[i] */
void winnow_code_weights_8(const uint8_t *codes, const int64_t *rows, const double *weights,
                           size_t count, size_t apart, double *sums);
void winnow_code_weights_16(const uint16_t *codes, const int64_t *rows, const double *weights,
                            size_t count, size_t apart, double *sums);
void winnow_code_weights_32(const uint32_t *codes, const int64_t *rows, const double *weights,
                            size_t count, size_t apart, double *sums);

/* The group of each value: the number of cuts (rising, fewer than 255) that are below it; of a missing value one more than
   there are cuts. */
void winnow_groups(const double *values, size_t count, const double *cuts, size_t cut_count,
                   uint8_t *groups);

/* The sums of rows by bins of their logarithms: with b the whole part of logarithm * scale, no more than `last`,
     sums[8 b] += weight, sums[8 b + 1] += weight * outcome, sums[8 b + 2] += weight * value,
     sums[8 b + 3] += weight * logarithm
   for rows with an even number, and to the four sums behind for the others.
   Rows whose value is missing go to bin last + 1, where their sums are no numbers; logarithms are 0 or more. */
void winnow_bin_sums(const double *values, const double *logarithms, const double *outcomes,
                     const double *weights, size_t count, double scale, uint32_t last,
                     double *sums);

#endif
