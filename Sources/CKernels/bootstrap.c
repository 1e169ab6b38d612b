#include "winnow_bootstrap.h"

#include <string.h>

#include "winnow_kernel.h"

#define LANES WINNOW_BOOTSTRAP_LANES

/* A value a lane. The compiler splits them into what registers the processor has. */
typedef uint8_t bytes __attribute__((vector_size(LANES)));
typedef int32_t ints __attribute__((vector_size(4 * LANES)));
typedef int64_t longs __attribute__((vector_size(8 * LANES)));
typedef double doubles __attribute__((vector_size(8 * LANES)));

/* 64 random bits for two lanes. */
typedef uint64_t pairs __attribute__((vector_size(4 * LANES)));
#define PAIRS (LANES / 2)

#define WEYL 0x9e3779b97f4a7c15u

/* 2^32 times the probability of a Poisson variable of mean 1 to be 0...k, less 2^31; values above 12 have
   a probability of 6e-11 and count as 12. */
static const int32_t poisson_borders[] = {
    -567453479, 1012576689, 1802591774, 2065930135, 2131764726, 2144931644,
    2147126130, 2147439628, 2147478815, 2147483169, 2147483605, 2147483644};
#define BORDERS (sizeof poisson_borders / sizeof poisson_borders[0])

/* The finalizer of SplitMix64 (Steele, Lea and Flood 2014), for a number or for a vector of them. */
#define FINALIZE(z)                                  \
  do {                                         \
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u; \
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu; \
    z = z ^ (z >> 31);                         \
  } while (0)

uint64_t winnow_bootstrap_key(uint64_t seed, uint64_t draw) {
  uint64_t key = seed + WEYL;
  FINALIZE(key);
  key += draw * 0xd1342543de82ef95u;
  FINALIZE(key);
  return key;
}

INLINE void first_counters(uint64_t key, size_t step, pairs *counters) {
  for (size_t i = 0; i < PAIRS; i++) (*counters)[i] = key + (step * PAIRS + i) * WEYL;
}

/* The weights of a step; moves the counters to the next one. */
INLINE void next_weights(pairs *counters, doubles *weights) {
  pairs z = *counters;
  *counters += PAIRS * WEYL;
  FINALIZE(z);
  ints uniform = (ints)z;
  ints count = {0};
  for (size_t k = 0; k < BORDERS; k++) count -= uniform >= poisson_borders[k];
  *weights = __builtin_convertvector(count, doubles);
}

WINNOW_KERNEL(void, winnow_bootstrap_weights,
              (uint64_t key, size_t first_step, size_t steps, double *weights),
              (key, first_step, steps, weights)) {
  pairs counters;
  first_counters(key, first_step, &counters);
  for (size_t step = 0; step < steps; step++) {
    doubles values;
    next_weights(&counters, &values);
    memcpy(weights + step * LANES, &values, sizeof values);
  }
}

WINNOW_KERNEL(void, winnow_bootstrap_add,
              (uint64_t key, size_t first_step, size_t steps, const uint8_t *marks,
               const double *losses, double *sums),
              (key, first_step, steps, marks, losses, sums)) {
  pairs counters;
  first_counters(key, first_step, &counters);
  doubles lost, below, converted, head, wins, loss;
  memcpy(&lost, sums + WINNOW_SUM_LOST * LANES, sizeof lost);
  memcpy(&below, sums + WINNOW_SUM_LOST_BELOW * LANES, sizeof below);
  memcpy(&converted, sums + WINNOW_SUM_CONVERTED * LANES, sizeof converted);
  memcpy(&head, sums + WINNOW_SUM_HEAD * LANES, sizeof head);
  memcpy(&wins, sums + WINNOW_SUM_WINS * LANES, sizeof wins);
  memcpy(&loss, sums + WINNOW_SUM_LOSS * LANES, sizeof loss);
  for (size_t step = first_step; step < first_step + steps; step++) {
    bytes mark;
    doubles row_loss, weight;
    memcpy(&mark, marks + step * LANES, sizeof mark);
    memcpy(&row_loss, losses + step * LANES, sizeof row_loss);
    next_weights(&counters, &weight);
    longs wide = __builtin_convertvector(mark, longs);
    longs first = (wide & WINNOW_ROW_FIRST) != 0;
    doubles won = (doubles)((longs)weight & ((wide & WINNOW_ROW_CONVERTED) != 0));
    below = (doubles)(((longs)lost & first) | ((longs)below & ~first));
    lost += (doubles)((longs)weight & ((wide & WINNOW_ROW_LOST) != 0));
    wins += won * (lost + below);
    converted += won;
    head += (doubles)((longs)won & ((wide & WINNOW_ROW_HEAD) != 0));
    loss += weight * row_loss;
  }
  memcpy(sums + WINNOW_SUM_LOST * LANES, &lost, sizeof lost);
  memcpy(sums + WINNOW_SUM_LOST_BELOW * LANES, &below, sizeof below);
  memcpy(sums + WINNOW_SUM_CONVERTED * LANES, &converted, sizeof converted);
  memcpy(sums + WINNOW_SUM_HEAD * LANES, &head, sizeof head);
  memcpy(sums + WINNOW_SUM_WINS * LANES, &wins, sizeof wins);
  memcpy(sums + WINNOW_SUM_LOSS * LANES, &loss, sizeof loss);
}
