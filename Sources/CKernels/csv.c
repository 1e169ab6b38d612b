#include "winnow_csv.h"

#include "chunk64.h"
#include "winnow_kernel.h"

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

/* 18 GB/s with AVX-512, 12 with AVX2, 7 with SSE2 alone: memory brings 13 to a thread. */
WINNOW_KERNEL(void, winnow_csv_scan,
              (const uint8_t *bytes, size_t count, uint8_t separator, uint8_t quote,
               uint64_t *structure, uint64_t *line_ends, uint64_t *quoting,
               winnow_csv_findings *findings),
              (bytes, count, separator, quote, structure, line_ends, quoting, findings)) {
  uint64_t inside = 0, after_close = 0, may_open = 1, irregular = 0, high = 0, quoted = 0;
  uint64_t lines = 0;
  for (size_t at = 0; at < count; at += 64) {
    const uint8_t *p = bytes + at;
    chunk64 c;
    memcpy(&c, p, sizeof c);
    uint64_t valid = count - at >= 64 ? ~0ull : (1ull << (count - at)) - 1;
    uint64_t s = WHERE(c == separator) & valid, q = WHERE(c == quote) & valid;
    uint64_t lf = WHERE(c == '\n') & valid, cr = WHERE(c == '\r') & valid;
    high |= WHERE(c >= 0x80) & valid;
    uint64_t lone = cr ? lone_returns(cr, lf, p + 64) & valid : 0;
    lines += (uint64_t)__builtin_popcountll(lf | lone);
    if (!(q | inside | after_close)) {
      line_ends[at / 64] = lf | lone;
      structure[at / 64] = s | lf | lone;
      quoting[at / 64] = 0;
      may_open = (s | lf | cr) >> 63;
      continue;
    }
    uint64_t x = prefix_xor(q) ^ inside;
    uint64_t opens = q & x, closes = q & ~x, outside = ~x;
    s &= outside;
    lf &= outside;
    cr &= outside;
    const uint64_t ends = lf | (lone & outside);
    line_ends[at / 64] = ends;
    structure[at / 64] = s | ends;
    quoting[at / 64] = q;
    uint64_t border = s | lf | cr | closes;
    irregular |= opens & ~(border << 1 | may_open);
    irregular |= (closes << 1 | after_close) & ~(s | lf | cr | q | ~valid);
    may_open = border >> 63;
    after_close = closes >> 63;
    inside = (uint64_t)((int64_t)x >> 63);
    quoted |= q;
  }
  if (count % 64 == 0) structure[count / 64] = line_ends[count / 64] = quoting[count / 64] = 0;
  findings->irregular = irregular;
  findings->high = high;
  findings->quoted = quoted;
  findings->inside = inside & 1;
  findings->lines = lines;
}

WINNOW_KERNEL(size_t, winnow_csv_lines, (const uint8_t *bytes, size_t count), (bytes, count)) {
  size_t lines = 0;
  for (size_t at = 0; at < count; at += 64) {
    const uint8_t *p = bytes + at;
    chunk64 c;
    memcpy(&c, p, sizeof c);
    uint64_t valid = count - at >= 64 ? ~0ull : (1ull << (count - at)) - 1;
    uint64_t lf = WHERE(c == '\n') & valid, cr = WHERE(c == '\r') & valid;
    if (cr) lf |= lone_returns(cr, lf, p + 64) & valid;
    lines += (size_t)__builtin_popcountll(lf);
  }
  return lines;
}

WINNOW_KERNEL(int, winnow_are_alphanumeric, (const uint8_t *bytes, size_t count),
              (bytes, count)) {
  uint8_t others = 0;
  for (size_t i = 0; i < count; i++) {
    const uint8_t letter = (uint8_t)((bytes[i] | 0x20) - 'a'), digit = (uint8_t)(bytes[i] - '0');
    others |= (letter >= 26) & (digit >= 10);
  }
  return !others;
}

/* The bytes of the character that begins here; 0 where none does, or it is not whole before the end. */
INLINE size_t utf8_length(const uint8_t *bytes, size_t left) {
  const uint8_t first = bytes[0];
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (length > left) return 0;
  const uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (bytes[1] < low || bytes[1] > high) return 0;
  for (size_t k = 2; k < length; k++)
    if ((bytes[k] & 0xC0) != 0x80) return 0;
  return length;
}

WINNOW_KERNEL(int, winnow_is_utf8, (const uint8_t *bytes, size_t count), (bytes, count)) {
  size_t at = 0;
  while (at + 64 <= count) {
    chunk64 c;
    memcpy(&c, bytes + at, sizeof c);
    uint64_t others = WHERE(c >= 0x80);
    const size_t start = at;
    at += 64;
    while (others) {
      const size_t place = start + (size_t)__builtin_ctzll(others);
      const size_t length = utf8_length(bytes + place, count - place);
      if (!length) return 0;
      const size_t behind = place + length - start;
      if (behind >= 64) {
        /* The next bytes begin behind the character. */
        at = start + behind;
        break;
      }
      others &= ~0ull << behind;
    }
  }
  while (at < count) {
    const size_t length = utf8_length(bytes + at, count - at);
    if (!length) return 0;
    at += length;
  }
  return 1;
}
