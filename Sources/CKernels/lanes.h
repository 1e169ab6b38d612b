#ifndef LANES_H
#define LANES_H

#include "load64.h"
#include "winnow_cells.h"
#include "winnow_cpu.h"

/* Numbers side by side, which the compiler keeps in as many registers as they take. A comparison gives all bits or none in
   each lane, so that masks take the place of branches. In a function's own lines, so that it can be made for several
   counts of lanes. */
#define LANE_TYPES(COUNT)                                                     \
  typedef uint64_t lanes __attribute__((vector_size(8 * (COUNT))));            \
  typedef int64_t signed_lanes __attribute__((vector_size(8 * (COUNT))));      \
  typedef double double_lanes __attribute__((vector_size(8 * (COUNT))));       \
  typedef uint32_t word_lanes __attribute__((vector_size(8 * (COUNT))));       \
  typedef uint16_t short_lanes __attribute__((vector_size(8 * (COUNT))));      \
  typedef uint8_t byte_lanes __attribute__((vector_size(8 * (COUNT))))

/* The same number in all lanes. */
#define ALL(NUMBER) ((lanes){0} + (uint64_t)(NUMBER))

/* Lanes of one where a mask has its bits, else those of another. */
#define SELECT(MASK, ONE, OTHER) (((ONE) & (MASK)) | ((OTHER) & ~(MASK)))

/* Where numbers below 2^63 compare so: AVX2 compares none without a sign. */
#define IS(ONE, COMPARED, OTHER) ((lanes)((signed_lanes)(ONE) COMPARED (signed_lanes)ALL(OTHER)))

/* Where lanes are the same. */
#define EQUAL(ONE, OTHER) ((lanes)((ONE) == (OTHER)))

/* Numbers below 2^32 times one, below 2^32 too: products of 64 bits are slow. */
#define TIMES(NUMBERS, FACTOR) ((lanes)((word_lanes)(NUMBERS) * (uint32_t)(FACTOR)))

/* Of digits, one a byte: in each byte that digit times ten and the one behind it, or less than ten. */
#define TWOS(DIGITS) ((lanes)((short_lanes)(DIGITS) * 10) + ((DIGITS) >> 8))

/* Whole numbers below 2^52 as doubles: the lowest bits of 2^52 and more are whole ones. */
#define AS_DOUBLES(NUMBERS) ((double_lanes)((NUMBERS) | 0x4330000000000000u) - 0x1p52)

/* The eight bytes from a place on in each of some cells. */
#define LOAD_LANES(COUNT, TEXT, CELLS, OFFSET)                                                   \
  ({                                                                                             \
    lanes words_;                                                                                \
    for (int k = 0; k < (COUNT); k++) words_[k] = load64((TEXT) + (CELLS)[k].start + (OFFSET));  \
    words_;                                                                                      \
  })

/* Whether lanes are worth while: with registers of 16 bytes they take longer than one number after the other. */
#define HAS_LANES (winnow_path() >= WINNOW_AVX2)

#endif
