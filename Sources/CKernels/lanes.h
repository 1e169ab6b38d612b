#ifndef LANES_H
#define LANES_H

#include "load64.h"
#include "winnow_cells.h"
#include "winnow_cpu.h"

/* Eight numbers side by side, which the compiler keeps in as many registers as they take. A comparison gives all bits
   or none in each lane, so that masks take the place of branches. */
typedef uint64_t lanes __attribute__((vector_size(64)));
typedef double double_lanes __attribute__((vector_size(64)));

/* The same number in all lanes. */
#define ALL(NUMBER) ((lanes){0} + (uint64_t)(NUMBER))

/* Lanes of one where a mask has its bits, else those of another. */
#define SELECT(MASK, ONE, OTHER) (((ONE) & (MASK)) | ((OTHER) & ~(MASK)))

/* The eight bytes from a place on in each of eight cells. */
INLINE void load_lanes(const uint8_t *text, const winnow_cell *cells, size_t offset, lanes *words) {
  for (int k = 0; k < 8; k++) (*words)[k] = load64(text + cells[k].start + offset);
}

/* Whether lanes are worth while: with registers of 16 bytes they take longer than one number after the other. */
#define HAS_LANES (winnow_path() >= WINNOW_AVX2)

#endif
