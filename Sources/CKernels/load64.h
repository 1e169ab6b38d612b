#ifndef LOAD64_H
#define LOAD64_H

#include <stdint.h>
#include <string.h>

#include "winnow_kernel.h"

/* Eight bytes of a text, the first lowest. */
INLINE uint64_t load64(const uint8_t *text) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint64_t word;
  memcpy(&word, text, 8);
  return word;
#else
  uint64_t word = 0;
  for (int k = 7; k >= 0; k--) word = word << 8 | text[k];
  return word;
#endif
}

/* Of a word of eight bytes, or of lanes of such words (lanes.h): so macros. */

/* The bytes that equal the one that `PATTERN` repeats: their top bits. */
#define EQUAL_BYTES(WORD, PATTERN)                                                     \
  ({                                                                                   \
    const __typeof__(WORD) x_ = (WORD) ^ (PATTERN);                                    \
    ~(((x_ & 0x7F7F7F7F7F7F7F7Fu) + 0x7F7F7F7F7F7F7F7Fu) | x_ | 0x7F7F7F7F7F7F7F7Fu);  \
  })

/* Whether all eight bytes are digits. */
#define ARE_DIGITS(WORD)                                              \
  ((((WORD) & 0xF0F0F0F0F0F0F0F0u) |                                  \
    ((((WORD) + 0x0606060606060606u) & 0xF0F0F0F0F0F0F0F0u) >> 4)) == \
   0x3333333333333333u)

/* The number of eight digits, the first in the lowest byte. */
#define EIGHT_DIGITS(WORD)                                                \
  ({                                                                      \
    __typeof__(WORD) digits_ = (((WORD) & 0x0F0F0F0F0F0F0F0Fu) * 2561) >> 8; \
    digits_ = ((digits_ & 0x00FF00FF00FF00FFu) * 6553601) >> 16;          \
    ((digits_ & 0x0000FFFF0000FFFFu) * 42949672960001u) >> 32;            \
  })

#endif
