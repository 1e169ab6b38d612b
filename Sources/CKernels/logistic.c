#include "winnow_logistic.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "elementary.h"
#include "winnow_kernel.h"

/* Rows that pass through the first-level cache together. */
#define BLOCK 256
#define LANES 8

/* Lanes by name, as compilers make none of loops over so few. */
typedef double lanes __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

/* By address: as an argument they would be passed otherwise on each path. */
INLINE double sum_of_lanes(const lanes *sum) {
  return (((*sum)[0] + (*sum)[4]) + ((*sum)[1] + (*sum)[5])) +
         (((*sum)[2] + (*sum)[6]) + ((*sum)[3] + (*sum)[7]));
}

/* The sum of the first n terms, lane by lane: an order that is the same for every vector width. */
INLINE double sum_of_block(double *terms, size_t n) {
  for (size_t i = n; i < BLOCK; i++) terms[i] = 0.0;
  lanes sum = {0};
  for (size_t i = 0; i < BLOCK; i += LANES) sum += *(lanes *)(terms + i);
  return sum_of_lanes(&sum);
}

/* The sum of log(1 + e) for the first n of numbers in 0...1: the logarithm of a product in each lane, which takes a third
   of the time of a logarithm a number. A product of 32 factors is exact to 7e-15, which is as much of its logarithm where
   that is 1 or so; where less is lost they are taken one by one. */
INLINE double log_sum_of_block(double *terms, size_t n) {
  for (size_t i = n; i < BLOCK; i++) terms[i] = 0.0;
  lanes product = 1.0 + *(lanes *)terms;
  for (size_t i = LANES; i < BLOCK; i += LANES) product *= 1.0 + *(lanes *)(terms + i);
  int is_small = 0;
  for (size_t lane = 0; lane < LANES; lane++) is_small |= product[lane] < 2;
  if (is_small) {
    for (size_t i = 0; i < n; i++) terms[i] = log_of_one_plus(terms[i]);
    return sum_of_block(terms, n);
  }
  for (size_t lane = 0; lane < LANES; lane++)
    terms[lane] = log_of_one_plus_any(product[lane] - 1.0, 0);
  return sum_of_lanes((const lanes *)terms);
}

WINNOW_KERNEL(void, winnow_logistic_terms,
              (size_t first, size_t n, const double *eta, const double *direction, double step,
               const double *outcome, const double *weight, double *moved, double *residual,
               double *curvature, double sums[3]),
              (first, n, eta, direction, step, outcome, weight, moved, residual, curvature,
               sums)) {
  double power[BLOCK], loss[BLOCK], slope[BLOCK], bend[BLOCK];
  sums[0] = sums[1] = sums[2] = 0.0;
  size_t end = first + n;
  for (size_t start = first; start < end; start += BLOCK) {
    size_t rows = end - start < BLOCK ? end - start : BLOCK;
    const double *restrict y = outcome + start;
    double *restrict x = moved + start;
    double *restrict r = residual + start;
    double *restrict c = curvature + start;
    if (direction && moved == eta)
      for (size_t i = 0; i < rows; i++) x[i] += step * direction[start + i];
    else if (direction)
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
      power[i] = e;
      loss[i] = x[i] > 0 ? (1.0 - y[i]) * x[i] : -(y[i] * x[i]);
    }
    if (weight) {
      const double *restrict w = weight + start;
      /* A loop of its own: the two chains of products are too long for one. */
      for (size_t i = 0; i < rows; i++) {
        r[i] *= w[i];
        c[i] *= w[i];
        loss[i] = w[i] * (log_of_one_plus(power[i]) + loss[i]);
      }
    } else {
      sums[0] += log_sum_of_block(power, rows);
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
              (size_t first, size_t n, const double *eta, double shift, double *out),
              (first, n, eta, shift, out)) {
  for (size_t i = 0; i < n; i++) {
    double x = eta[first + i] + shift;
    double e = exp_of_negative(-fabs(x));
    double larger = 1.0 / (1.0 + e);
    out[i] = x > 0 ? larger : e * larger;
  }
}

WINNOW_KERNEL(void, winnow_logistic_curvature,
              (size_t first, size_t n, const double *eta, const double *weight, double *out),
              (first, n, eta, weight, out)) {
  for (size_t i = 0; i < n; i++) {
    double e = exp_of_negative(-fabs(eta[first + i]));
    double larger = 1.0 / (1.0 + e);
    out[i] = larger * (e * larger);
  }
  if (weight)
    for (size_t i = 0; i < n; i++) out[i] *= weight[first + i];
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
