#ifndef MIXED_H
#define MIXED_H

#include "winnow_kernel.h"

/* As `mixedBits` in Tables. */
INLINE uint64_t mixed(uint64_t value) {
  value += 0x9E3779B97F4A7C15u;
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
  value = (value ^ value >> 27) * 0x94D049BB133111EBu;
  return value ^ value >> 31;
}

#endif
