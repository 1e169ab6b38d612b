#ifndef LANES_H
#define LANES_H

#include "winnow_cpu.h"

#include <stdint.h>

/* Eight numbers side by side, which the compiler keeps in as many registers as they take. A comparison gives all bits
   or none in each lane, so that masks take the place of branches. */
typedef uint64_t lanes __attribute__((vector_size(64)));
typedef double double_lanes __attribute__((vector_size(64)));

/* The same number in all lanes. */
#define ALL(NUMBER) ((lanes){0} + (uint64_t)(NUMBER))

/* Whether lanes are worth while: with registers of 16 bytes they take longer than one number after the other. */
#define HAS_LANES (winnow_path() >= WINNOW_AVX2)

#endif
