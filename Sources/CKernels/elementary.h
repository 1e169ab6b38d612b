#ifndef WINNOW_ELEMENTARY_H
#define WINNOW_ELEMENTARY_H

/* Elementary functions that compilers make vectors of. */

#include <stdint.h>
#include <string.h>

#include "winnow_kernel.h"

INLINE double from_bits(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

INLINE uint64_t to_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* 2^k for a whole k in -1022...1023. */
INLINE double power_of_two(double k) { return from_bits(to_bits(k + (0x1.8p52 + 1023)) << 52); }

/* exp(x) for x <= 0, to 1 ulp, subnormal results included: x = k log 2 + r, |r| <= log(2) / 2, and a
   polynomial of Chebyshev fit for (exp(r) - 1 - r - r^2 / 2) / r^3 (relative error 4e-19). */
INLINE double exp_of_negative(double x) {
  x = x < -760.0 ? -760.0 : x;
  double k = (x * 0x1.71547652b82fep0 + 0x1.8p52) - 0x1.8p52;
  double r = (x - k * 0x1.62e42fep-1) - k * 0x1.f473de6af278fp-30;
  double square = r * r;
  double even = 0x1.af390ba7e6f47p-26;
  even = even * square + 0x1.71de0d85293b8p-19;
  even = even * square + 0x1.a01a01a7cebcdp-13;
  even = even * square + 0x1.11111111109a6p-7;
  even = even * square + 0x1.5555555555556p-3;
  double odd = 0x1.1f6717774d5e0p-29;
  odd = odd * square + 0x1.27e4e1dcf773bp-22;
  odd = odd * square + 0x1.a01a01a48116fp-16;
  odd = odd * square + 0x1.6c16c16c167dap-10;
  odd = odd * square + 0x1.5555555555555p-5;
  double power = 1.0 + (r + (0.5 * square + (square * r) * (even + r * odd)));
  /* In two factors, so that 2^-1074 is reached by one rounding. */
  double first = k < -1000.0 ? -1000.0 : k;
  return power * power_of_two(first) * power_of_two(k - first);
}

/* log(1 + e) for e in 0...1, to 1 ulp: with s = e / (2 + e) it is 2 atanh(s) = e - s (e - s^2 q(s^2)),
   most of which is e itself, which is exact; q by Chebyshev fit (relative error 6e-19). */
INLINE double log_of_one_plus(double e) {
  double s = e / (2.0 + e);
  double z = s * s;
  double square = z * z;
  double even = 0x1.687a6e7c95176p-4;
  even = even * square + 0x1.10ac75dc602b1p-3;
  even = even * square + 0x1.745cf0b0e03bdp-3;
  even = even * square + 0x1.24924923d44c6p-2;
  even = even * square + 0x1.5555555555555p-1;
  double odd = 0x1.4b0a26c5f2aefp-3;
  odd = odd * square + 0x1.eb905e8575054p-4;
  odd = odd * square + 0x1.3b18b294bebf9p-3;
  odd = odd * square + 0x1.c71c727143318p-3;
  odd = odd * square + 0x1.999999999a3ddp-2;
  return e - s * (e - z * (even + z * odd));
}

/* log(1 + x) for x >= 0, to 1.2 ulp: 1 + x = 2^k (1 + e) with e in 0...1, and what the sum was rounded by.

   The bytes are the same on every machine where products and sums are not contracted. Where it is known that 1 + x is
   exact, or x below 1, nothing is lost. */
INLINE double log_of_one_plus_any(double x, int loses) {
  double sum = 1.0 + x;
  double lost = !loses || x < 1.0 ? 0.0 : (1.0 - (sum - x)) / sum;
  uint64_t bits = to_bits(sum);
  /* The exponent as a number, by way of the bits of 2^52. */
  double k = from_bits(0x4330000000000000 | bits >> 52) - (0x1p52 + 1023);
  double e = from_bits((bits & 0x000fffffffffffff) | 0x3ff0000000000000) - 1.0;
  /* Below 1 the number itself is more exact than its sum with 1. */
  e = x < 1.0 ? x : e;
  k = x < 1.0 ? 0.0 : k;
  return k * 0x1.62e42fefa3800p-1 + (log_of_one_plus(e) + (k * 0x1.ef35793c76730p-45 + lost));
}

#endif
