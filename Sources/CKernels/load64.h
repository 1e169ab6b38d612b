#ifndef LOAD64_H
#define LOAD64_H

#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

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

/* The bytes of a word that equal the one that `pattern` repeats: their top bits. */
INLINE uint64_t equal_bytes(uint64_t word, uint64_t pattern) {
  uint64_t x = word ^ pattern;
  return ~(((x & 0x7F7F7F7F7F7F7F7Fu) + 0x7F7F7F7F7F7F7F7Fu) | x | 0x7F7F7F7F7F7F7F7Fu);
}

/* Whether all eight bytes are digits. */
INLINE int are_digits(uint64_t word) {
  const uint64_t highs = 0xF0F0F0F0F0F0F0F0u;
  return ((word & highs) | (((word + 0x0606060606060606u) & highs) >> 4)) == 0x3333333333333333u;
}

#endif
