#include "winnow_logistic.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "elementary.h"
#include "winnow_kernel.h"

/* Rows that pass through the first-level cache together. */
#define BLOCK 256
#define LANES 8

/* The sum of the first n terms, lane by lane: an order that is the same for every vector width. */
INLINE double sum_of_block(double *terms, size_t n) {
  for (size_t i = n; i < BLOCK; i++) terms[i] = 0.0;
  double lanes[LANES] = {0};
  for (size_t i = 0; i < BLOCK; i += LANES)
    for (size_t lane = 0; lane < LANES; lane++) lanes[lane] += terms[i + lane];
  return ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) +
         ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
}

WINNOW_KERNEL(void, winnow_logistic_terms,
              (size_t first, size_t n, const double *eta, const double *direction, double step,
               const double *outcome, const double *weight, double *moved, double *residual,
               double *curvature, double sums[3]),
              (first, n, eta, direction, step, outcome, weight, moved, residual, curvature,
               sums)) {
  double loss[BLOCK], slope[BLOCK], bend[BLOCK];
  sums[0] = sums[1] = sums[2] = 0.0;
  size_t end = first + n;
  for (size_t start = first; start < end; start += BLOCK) {
    size_t rows = end - start < BLOCK ? end - start : BLOCK;
    const double *restrict y = outcome + start;
    double *restrict x = moved + start;
    double *restrict r = residual + start;
    double *restrict c = curvature + start;
    if (direction)
      for (size_t i = 0; i < rows; i++) x[i] = eta[start + i] + step * direction[start + i];
    else if (moved != eta)
      memcpy(x, eta + start, rows * sizeof *x);
    for (size_t i = 0; i < rows; i++) {
      double e = exp_of_negative(-fabs(x[i]));
      double larger = 1.0 / (1.0 + e);
      double smaller = e * larger;
      double p = x[i] > 0 ? larger : smaller;
      double q = x[i] > 0 ? smaller : larger;
      r[i] = y[i] * q - (1.0 - y[i]) * p;
      c[i] = larger * smaller;
      loss[i] = e;
    }
    /* A loop of its own: the two chains of products are too long for one. */
    for (size_t i = 0; i < rows; i++)
      loss[i] = log_of_one_plus(loss[i]) + (x[i] > 0 ? (1.0 - y[i]) * x[i] : -(y[i] * x[i]));
    if (weight) {
      const double *restrict w = weight + start;
      for (size_t i = 0; i < rows; i++) {
        r[i] *= w[i];
        c[i] *= w[i];
        loss[i] *= w[i];
      }
    }
    sums[0] += sum_of_block(loss, rows);
    if (direction) {
      const double *restrict d = direction + start;
      for (size_t i = 0; i < rows; i++) {
        slope[i] = r[i] * d[i];
        bend[i] = c[i] * d[i] * d[i];
      }
      sums[1] += sum_of_block(slope, rows);
      sums[2] += sum_of_block(bend, rows);
    }
  }
}

WINNOW_KERNEL(void, winnow_logistic_probability,
              (size_t first, size_t n, const double *eta, double *probability),
              (first, n, eta, probability)) {
  for (size_t i = first; i < first + n; i++) {
    double x = eta[i];
    double e = exp_of_negative(-fabs(x));
    double larger = 1.0 / (1.0 + e);
    probability[i] = x > 0 ? larger : e * larger;
  }
}

WINNOW_KERNEL(double, winnow_weighted_dot,
              (size_t first, size_t n, const double *weight, const double *a, const double *b),
              (first, n, weight, a, b)) {
  double terms[BLOCK];
  double sum = 0.0;
  size_t end = first + n;
  for (size_t start = first; start < end; start += BLOCK) {
    size_t rows = end - start < BLOCK ? end - start : BLOCK;
    for (size_t i = 0; i < rows; i++) terms[i] = a[start + i] * b[start + i];
    if (weight)
      for (size_t i = 0; i < rows; i++) terms[i] *= weight[start + i];
    sum += sum_of_block(terms, rows);
  }
  return sum;
}

WINNOW_KERNEL(void, winnow_add_multiple,
              (size_t first, size_t n, double factor, const double *source, double *target),
              (first, n, factor, source, target)) {
  for (size_t i = first; i < first + n; i++) target[i] += factor * source[i];
}
