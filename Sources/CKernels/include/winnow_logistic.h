#ifndef WINNOW_LOGISTIC_H
#define WINNOW_LOGISTIC_H

#include <stddef.h>

/* Logistic loss of the n rows from `first` on, at eta + step * direction; a direction of NULL counts as
   one of 0.

   Row i, with y in 0...1 and w = weight[i] (1 where weight is NULL):
     moved[i]     = eta[i] + step * direction[i]
     residual[i]  = w * (y - p)            p = 1 / (1 + exp(-moved))
     curvature[i] = w * p * (1 - p)
   sums[0] = sum of w * (log(1 + exp(moved)) - y * moved), in nats
   sums[1] = sum of residual * direction      (0 without a direction)
   sums[2] = sum of curvature * direction^2   (0 without a direction)

   moved may be eta itself. Sums are taken in a fixed order that depends on n alone. No digits are lost
   in either tail, for eta is folded to exp(-|eta|) in 0...1: where y is 0 or 1 the loss is right to
   2 ulp, the residual to 3 and the curvature to 5. */
void winnow_logistic_terms(size_t first, size_t n, const double *eta,
                           const double *direction, double step, const double *outcome,
                           const double *weight, double *moved, double *residual,
                           double *curvature, double sums[3]);

/* out[i] = 1 / (1 + exp(-x)), to 3 ulp, where x is the predictor of row first + i, of n rows, and `shift` added to it. */
void winnow_logistic_probability(size_t first, size_t n, const double *eta, double shift,
                                 double *out);

/* out[i] = weight p (1 - p) for the probability p of row first + i, with the digits of `winnow_logistic_terms`, of n rows; a
   weight of NULL counts as 1. */
void winnow_logistic_curvature(size_t first, size_t n, const double *eta, const double *weight,
                               double *out);

/* The sum of weight * a * b over the n rows from `first` on, in a fixed order; a weight of NULL counts as
   1. */
double winnow_weighted_dot(size_t first, size_t n, const double *weight, const double *a,
                           const double *b);

/* target[i] += factor * source[i] for the n rows from `first` on. */
void winnow_add_multiple(size_t first, size_t n, double factor, const double *source,
                         double *target);

#endif
