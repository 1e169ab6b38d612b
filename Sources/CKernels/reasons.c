#include "winnow_reasons.h"

#include <math.h>

#include "winnow_kernel.h"

#define LANES 8

/* Eight leads at a time. */
typedef double doubles __attribute__((vector_size(8 * LANES), aligned(8), may_alias));
typedef int64_t wholes __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

#define SIZE(X) ((doubles)((wholes)(X) & INT64_MAX))

WINNOW_KERNEL(void, winnow_strongest_shares,
              (const double *restrict shares, size_t rows, double average, int64_t term,
               size_t most, double *restrict kept, int64_t *restrict terms),
              (shares, rows, average, term, most, kept, terms)) {
  size_t i = 0;
  for (; i + LANES <= rows; i += LANES) {
    doubles share = *(const doubles *)(shares + i) - average;
    const doubles size = SIZE(share);
    /* Few terms are among the strongest of any of the leads. */
    const doubles weakest = SIZE(*(const doubles *)(kept + (most - 1) * rows + i));
    if (!__builtin_reduce_or(size > weakest)) continue;
    wholes its_term = {0};
    its_term += term;
    for (size_t j = 0; j < most; j++) {
      /* What is in the list stands before an equal one; from the first weaker one on all move on. */
      doubles *place = (doubles *)(kept + j * rows + i);
      wholes *term_place = (wholes *)(terms + j * rows + i);
      const doubles there = *place;
      const wholes term_there = *term_place;
      const wholes moves = size > SIZE(there);
      *place = (doubles)((moves & (wholes)share) | (~moves & (wholes)there));
      share = (doubles)((moves & (wholes)there) | (~moves & (wholes)share));
      *term_place = (moves & its_term) | (~moves & term_there);
      its_term = (moves & term_there) | (~moves & its_term);
    }
  }
  for (; i < rows; i++) {
    double share = shares[i] - average;
    const double size = fabs(share);
    int64_t its_term = term;
    for (size_t j = 0; j < most; j++) {
      const double there = kept[j * rows + i];
      const int64_t term_there = terms[j * rows + i];
      if (!(size > fabs(there))) continue;
      kept[j * rows + i] = share;
      terms[j * rows + i] = its_term;
      share = there;
      its_term = term_there;
    }
  }
}
