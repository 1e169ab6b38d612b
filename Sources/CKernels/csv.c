#include "winnow_csv.h"

#include "winnow_cpu.h"
#include "winnow_csv_portable.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

/* 64 bytes of text, compared with one byte at a time: a bit for each that is equal. */
#if defined(__SSE2__)
typedef struct { __m128i part[4]; } chunk64;

INLINE chunk64 load64(const uint8_t *p) {
  chunk64 c;
  for (int k = 0; k < 4; k++) c.part[k] = _mm_loadu_si128((const __m128i *)(p + 16 * k));
  return c;
}

INLINE uint64_t join64(const __m128i *m) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(m[0]) |
         (uint64_t)(uint32_t)_mm_movemask_epi8(m[1]) << 16 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(m[2]) << 32 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(m[3]) << 48;
}

INLINE uint64_t equal64(chunk64 c, uint8_t byte) {
  __m128i wanted = _mm_set1_epi8((char)byte), m[4];
  for (int k = 0; k < 4; k++) m[k] = _mm_cmpeq_epi8(c.part[k], wanted);
  return join64(m);
}

INLINE uint64_t high64(chunk64 c) { return join64(c.part); }
#else
typedef struct { uint64_t part[8]; } chunk64;

INLINE chunk64 load64(const uint8_t *p) {
  chunk64 c;
  for (int k = 0; k < 8; k++) {
    uint64_t word = 0;
    for (int b = 7; b >= 0; b--) word = word << 8 | p[8 * k + b];
    c.part[k] = word;
  }
  return c;
}

/* The top bits of eight bytes, gathered. */
INLINE uint64_t tops(uint64_t word) {
  return ((word & 0x8080808080808080u) >> 7) * 0x0102040810204080u >> 56;
}

INLINE uint64_t equal64(chunk64 c, uint8_t byte) {
  uint64_t mask = 0;
  for (int k = 0; k < 8; k++) {
    uint64_t x = c.part[k] ^ (0x0101010101010101u * byte);
    uint64_t low = (x & 0x7f7f7f7f7f7f7f7fu) + 0x7f7f7f7f7f7f7f7fu;
    mask |= tops(~(low | x)) << (8 * k);
  }
  return mask;
}

INLINE uint64_t high64(chunk64 c) {
  uint64_t mask = 0;
  for (int k = 0; k < 8; k++) mask |= tops(c.part[k]) << (8 * k);
  return mask;
}
#endif

/* Bit i of the result is the parity of bits 0 to i. */
INLINE uint64_t prefix_xor(uint64_t x) {
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  x ^= x << 32;
  return x;
}

/* The CRs of a word that belong to no LF; after it come the bytes next[0] and next[1]. */
INLINE uint64_t lone_returns(uint64_t cr, uint64_t lf, const uint8_t *next) {
  uint64_t lf1 = lf >> 1 | (uint64_t)(next[0] == '\n') << 63;
  uint64_t cr1 = cr >> 1 | (uint64_t)(next[0] == '\r') << 63;
  uint64_t lf2 = lf >> 2 | (uint64_t)(next[0] == '\n') << 62 | (uint64_t)(next[1] == '\n') << 63;
  return cr & ~lf1 & ~(cr1 & lf2);
}

void winnow_csv_scan(const uint8_t *bytes, size_t count, uint8_t separator, uint8_t quote,
                     uint64_t *structure, winnow_csv_findings *findings) {
#if defined(__SSE2__)
  if (winnow_path() == WINNOW_PORTABLE) {
    winnow_csv_scan_portable(bytes, count, separator, quote, structure, findings);
    return;
  }
#endif
  uint64_t inside = 0, after_close = 0, may_open = 1, irregular = 0, high = 0, quoted = 0;
  for (size_t at = 0; at < count; at += 64) {
    const uint8_t *p = bytes + at;
    chunk64 c = load64(p);
    uint64_t valid = count - at >= 64 ? ~0ull : (1ull << (count - at)) - 1;
    uint64_t s = equal64(c, separator) & valid, q = equal64(c, quote) & valid;
    uint64_t lf = equal64(c, '\n') & valid, cr = equal64(c, '\r') & valid;
    high |= high64(c) & valid;
    uint64_t lone = cr ? lone_returns(cr, lf, p + 64) & valid : 0;
    if (!(q | inside | after_close)) {
      structure[at / 64] = s | lf | lone;
      may_open = (s | lf | cr) >> 63;
      continue;
    }
    uint64_t x = prefix_xor(q) ^ inside;
    uint64_t opens = q & x, closes = q & ~x, outside = ~x;
    s &= outside;
    lf &= outside;
    cr &= outside;
    structure[at / 64] = s | lf | (lone & outside);
    uint64_t border = s | lf | cr | closes;
    irregular |= opens & ~(border << 1 | may_open);
    irregular |= (closes << 1 | after_close) & ~(s | lf | cr | q | ~valid);
    may_open = border >> 63;
    after_close = closes >> 63;
    inside = (uint64_t)((int64_t)x >> 63);
    quoted |= q;
  }
  if (count % 64 == 0) structure[count / 64] = 0;
  findings->irregular = irregular;
  findings->high = high;
  findings->quoted = quoted;
  findings->inside = inside & 1;
}

size_t winnow_csv_lines(const uint8_t *bytes, size_t count) {
#if defined(__SSE2__)
  if (winnow_path() == WINNOW_PORTABLE) return winnow_csv_lines_portable(bytes, count);
#endif
  size_t lines = 0;
  for (size_t at = 0; at < count; at += 64) {
    const uint8_t *p = bytes + at;
    chunk64 c = load64(p);
    uint64_t valid = count - at >= 64 ? ~0ull : (1ull << (count - at)) - 1;
    uint64_t lf = equal64(c, '\n') & valid, cr = equal64(c, '\r') & valid;
    if (cr) lf |= lone_returns(cr, lf, p + 64) & valid;
    lines += (size_t)__builtin_popcountll(lf);
  }
  return lines;
}
