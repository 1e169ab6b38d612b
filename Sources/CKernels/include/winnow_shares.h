#ifndef WINNOW_SHARES_H
#define WINNOW_SHARES_H

#include <stddef.h>
#include <stdint.h>

/* Shares of logits: what numbers and codes of some leads add to them. */

/* A number on a line: held to a range, its logarithm taken or not, standardized, times a slope. */
typedef struct {
  double lowest, highest;
  /* Whether log(1 + x) is taken; the range then begins at 0 or above. */
  int takes_logarithm;
  double mean, deviation, slope;
} winnow_line;

/* shares[i] = slope * ((log(1 + x) or x) - mean) / deviation, of NaN `missing` */
void winnow_line_shares(const double *numbers, size_t rows, winnow_line line, double missing,
                        double *shares);

/* shares[i] = the value at numbers[i], none of which is NaN, and the effect of a number that has one of its
   own. The values are those of `count` places that rise (one may come twice: up to it the first counts,
   above it the second), straight between them and level beyond; without any they are 0. */
void winnow_point_shares(const double *numbers, size_t rows, const double *places,
                         const double *values, size_t count, const double *levels,
                         const double *effects, size_t level_count, double *shares);

/* shares[i] = table[numbers[i]] of whole numbers below `count`, and `missing` of NaN. All others are put
   together in `rest`, with their rows; returns how many. All arrays have room for `rows`. */
size_t winnow_whole_shares(const double *numbers, size_t rows, const double *table, size_t count,
                           double missing, double *shares, double *rest, uint32_t *rest_rows);

/* counts[0] = how many numbers are NaN, counts[1] = how many below `lowest` or above `highest` */
void winnow_count_numbers(const double *numbers, size_t rows, double lowest, double highest,
                          size_t counts[2]);

/* shares[i] = table[codes[i]] */
void winnow_code_shares_8(const uint8_t *codes, size_t rows, const double *table, double *shares);
void winnow_code_shares_16(const uint16_t *codes, size_t rows, const double *table,
                           double *shares);
void winnow_code_shares_32(const uint32_t *codes, size_t rows, const double *table,
                           double *shares);

/* counts[0] = how many codes are 0, counts[1] = how many are `other` */
void winnow_count_codes_16(const uint16_t *codes, size_t rows, uint16_t other, size_t counts[2]);
void winnow_count_codes_32(const uint32_t *codes, size_t rows, uint32_t other, size_t counts[2]);

/* codes[i] = how many of the rising cuts are below numbers[i], of NaN `missing`; count < 256 */
void winnow_cut_codes(const double *numbers, size_t rows, const double *cuts, size_t count,
                      uint8_t missing, uint8_t *codes);

/* shares[i] = table[first[i] * width + second[i]] */
void winnow_pair_shares(const uint8_t *first, const uint8_t *second, size_t rows, size_t width,
                        const double *table, double *shares);

#endif
