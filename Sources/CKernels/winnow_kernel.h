#ifndef WINNOW_KERNEL_H
#define WINNOW_KERNEL_H

#include "winnow_cpu.h"

/* What a kernel is made of: compiled anew for each path. */
#define INLINE static inline __attribute__((always_inline))

/* A kernel is a loop that is compiled once for each path (see winnow_cpu.h) from the same lines; the
   function that bears its name calls the one of the path that the program took at its start:

     WINNOW_KERNEL(void, winnow_halve, (double *x, size_t n), (x, n)) {
       for (size_t i = 0; i < n; i++) x[i] /= 2;
     }

   That costs a branch which never changes its mind, once for many rows. (With `target_clones` the
   loader picks, and nobody can ask for a lower path, to test it or to see what a machine would do.) */
#if defined(__x86_64__)

/* By features and not by `arch=`, which also tunes for the first processor of its level. */
#define WINNOW_AVX2_FEATURES "avx2,fma,bmi,bmi2,f16c,lzcnt,movbe,popcnt"
#define WINNOW_AVX512_FEATURES WINNOW_AVX2_FEATURES ",avx512f,avx512bw,avx512cd,avx512dq,avx512vl"

#define WINNOW_KERNEL(TYPE, NAME, PARAMETERS, ARGUMENTS)                                          \
  static inline __attribute__((always_inline)) TYPE NAME##_lines PARAMETERS;                      \
  __attribute__((target(WINNOW_AVX512_FEATURES))) static TYPE NAME##_avx512 PARAMETERS {          \
    return NAME##_lines ARGUMENTS;                                                                \
  }                                                                                               \
  __attribute__((target(WINNOW_AVX2_FEATURES))) static TYPE NAME##_avx2 PARAMETERS {              \
    return NAME##_lines ARGUMENTS;                                                                \
  }                                                                                               \
  static TYPE NAME##_baseline PARAMETERS { return NAME##_lines ARGUMENTS; }                       \
  TYPE NAME PARAMETERS {                                                                          \
    switch (winnow_path()) {                                                                      \
      case WINNOW_AVX512: return NAME##_avx512 ARGUMENTS;                                         \
      case WINNOW_AVX2: return NAME##_avx2 ARGUMENTS;                                             \
      default: return NAME##_baseline ARGUMENTS;                                                  \
    }                                                                                             \
  }                                                                                               \
  static inline __attribute__((always_inline)) TYPE NAME##_lines PARAMETERS

#else
#define WINNOW_KERNEL(TYPE, NAME, PARAMETERS, ARGUMENTS) TYPE NAME PARAMETERS
#endif

#endif
