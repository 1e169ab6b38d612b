#ifndef WINNOW_BOOTSTRAP_H
#define WINNOW_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

/* Rows sorted by score are dealt to lanes, a run of neighbors each; a step takes the next row of all
   lanes: row `step * WINNOW_BOOTSTRAP_LANES + lane` of the arrays. */
#define WINNOW_BOOTSTRAP_LANES 16

/* What a row is; one that is neither converted nor lost only fills its lane. */
enum {
  WINNOW_ROW_CONVERTED = 1,
  WINNOW_ROW_LOST = 2,
  /* The first row of its score. */
  WINNOW_ROW_FIRST = 4,
  /* Its score began in an earlier lane. */
  WINNOW_ROW_HEAD = 8
};

/* The sums of a lane, each WINNOW_BOOTSTRAP_LANES doubles apart in `sums`. */
enum {
  /* The weights of lost rows, and of those before the score that the last row had. */
  WINNOW_SUM_LOST,
  WINNOW_SUM_LOST_BELOW,
  /* The weights of converted rows, and of those that are HEAD. */
  WINNOW_SUM_CONVERTED,
  WINNOW_SUM_HEAD,
  /* Twice the weighted number of times that a converted row is above a lost one, ties as one half. */
  WINNOW_SUM_WINS,
  /* The weighted loss. */
  WINNOW_SUM_LOSS,
  WINNOW_BOOTSTRAP_SUMS
};

/* The key of a draw; those of other draws and seeds have nothing to do with it. */
uint64_t winnow_bootstrap_key(uint64_t seed, uint64_t draw);

/* The weights of the rows of some steps in the draw with that key: independent Poisson variables of
   mean 1, from 32 random bits each, which are the finalizer of SplitMix64 over key + row / 2. */
void winnow_bootstrap_weights(uint64_t key, size_t first_step, size_t steps, double *weights);

/* Adds the rows of some steps, times their weights in the draw with that key, to `sums`; in a lane, lost rows
   come before converted ones of the same score. */
void winnow_bootstrap_add(uint64_t key, size_t first_step, size_t steps, const uint8_t *marks,
                          const double *losses, double *sums);

#endif
