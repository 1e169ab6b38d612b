#include "winnow_csv.h"

#include "chunk64.h"
#include "sha256.h"
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

/* What is known of a text before a word of 64 bytes. */
typedef struct {
  uint64_t inside, after_close, may_open;
} csv_state;

/* Marks the word of a text that begins at byte `at`; returns which of its bytes are 0x80 or more. */
INLINE uint64_t scan_word(const uint8_t *bytes, size_t at, size_t count, uint8_t separator,
                          uint8_t quote, uint64_t *structure, uint64_t *line_ends,
                          uint64_t *quoting, csv_state *state, winnow_csv_findings *findings) {
  const uint8_t *p = bytes + at;
  chunk64 c;
  memcpy(&c, p, sizeof c);
  uint64_t valid = count - at >= 64 ? ~0ull : (1ull << (count - at)) - 1;
  uint64_t s = WHERE(c == separator) & valid, q = WHERE(c == quote) & valid;
  uint64_t lf = WHERE(c == '\n') & valid, cr = WHERE(c == '\r') & valid;
  const uint64_t high = WHERE(c >= 0x80) & valid;
  findings->high |= high;
  uint64_t lone = cr ? lone_returns(cr, lf, p + 64) & valid : 0;
  findings->lines += (uint64_t)__builtin_popcountll(lf | lone);
  if (!(q | state->inside | state->after_close)) {
    line_ends[at / 64] = lf | lone;
    structure[at / 64] = s | lf | lone;
    quoting[at / 64] = 0;
    state->may_open = (s | lf | cr) >> 63;
    return high;
  }
  uint64_t x = prefix_xor(q) ^ state->inside;
  uint64_t opens = q & x, closes = q & ~x, outside = ~x;
  s &= outside;
  lf &= outside;
  cr &= outside;
  const uint64_t ends = lf | (lone & outside);
  line_ends[at / 64] = ends;
  structure[at / 64] = s | ends;
  quoting[at / 64] = q;
  uint64_t border = s | lf | cr | closes;
  findings->irregular |= opens & ~(border << 1 | state->may_open);
  findings->irregular |=
      (closes << 1 | state->after_close) & ~(s | lf | cr | q | ~valid);
  state->may_open = border >> 63;
  state->after_close = closes >> 63;
  state->inside = (uint64_t)((int64_t)x >> 63);
  findings->quoted |= q;
  return high;
}

INLINE void end_scan(size_t count, uint64_t *structure, uint64_t *line_ends, uint64_t *quoting,
                     const csv_state *state, winnow_csv_findings *findings) {
  if (count % 64 == 0) structure[count / 64] = line_ends[count / 64] = quoting[count / 64] = 0;
  findings->inside = state->inside & 1;
}

/* 18 GB/s with AVX-512, 12 with AVX2, 7 with SSE2 alone: memory brings 13 to a thread. */
WINNOW_KERNEL(void, winnow_csv_scan,
              (const uint8_t *bytes, size_t count, uint8_t separator, uint8_t quote,
               uint64_t *structure, uint64_t *line_ends, uint64_t *quoting,
               winnow_csv_findings *findings),
              (bytes, count, separator, quote, structure, line_ends, quoting, findings)) {
  csv_state state = {.may_open = 1};
  winnow_csv_findings found = {0};
  for (size_t at = 0; at < count; at += 64)
    scan_word(bytes, at, count, separator, quote, structure, line_ends, quoting, &state, &found);
  end_scan(count, structure, line_ends, quoting, &state, &found);
  *findings = found;
}

#if defined(__x86_64__)

/* Goes on from byte `next`, where a character begins, through those of a word of 64 bytes, of which `others` are not ASCII;
   returns where the next character begins, or the greatest number where `*valid` is the first byte that begins none. */
INLINE size_t check_word(const uint8_t *bytes, size_t at, size_t count, uint64_t others,
                         size_t next, uint64_t *valid) {
  if (next > at) others = next - at >= 64 ? 0 : others & ~0ull << (next - at);
  while (others) {
    const size_t place = at + (size_t)__builtin_ctzll(others);
    const size_t length = utf8_length(bytes + place, count - place);
    if (!length) {
      *valid = place;
      return SIZE_MAX;
    }
    next = place + length;
    others = next - at >= 64 ? 0 : others & ~0ull << (next - at);
  }
  return next;
}

/* 1.5 GB/s, as fast as the hash alone, whose instructions wait for each other. */
__attribute__((target(SHA256_FEATURES))) void winnow_csv_scan_hashing(
    const uint8_t *bytes, size_t count, uint8_t separator, uint8_t quote, uint64_t *structure,
    uint64_t *line_ends, uint64_t *quoting, winnow_csv_findings *findings, winnow_sha256 *hash,
    size_t from) {
  csv_state state = {.may_open = 1};
  winnow_csv_findings found = {0};
  /* The bytes that fill a block of the hash first; from there on whole ones. */
  const size_t missing = (64 - hash->count % 64) % 64;
  const size_t head = missing < count - from ? missing : count - from;
  winnow_sha256_add(hash, bytes + from, head);
  from += head;
  const size_t blocks = (count - from) / 64;
  __m128i feba = _mm_loadu_si128((const __m128i *)hash->state);
  __m128i hgdc = _mm_loadu_si128((const __m128i *)(hash->state + 4));
  size_t at = 0, hashed = 0, next = 0;
  found.valid = count;
  for (; at < count; at += 64) {
    if (hashed < blocks) {
      sha256_block(&feba, &hgdc, bytes + from + 64 * hashed);
      hashed++;
    }
    const uint64_t others = scan_word(
        bytes, at, count, separator, quote, structure, line_ends, quoting, &state, &found);
    if (others) next = check_word(bytes, at, count, others, next, &found.valid);
  }
  _mm_storeu_si128((__m128i *)hash->state, feba);
  _mm_storeu_si128((__m128i *)(hash->state + 4), hgdc);
  hash->count += 64 * hashed;
  winnow_sha256_add(hash, bytes + from + 64 * hashed, count - from - 64 * hashed);
  end_scan(count, structure, line_ends, quoting, &state, &found);
  *findings = found;
}

#else

void winnow_csv_scan_hashing(const uint8_t *bytes, size_t count, uint8_t separator, uint8_t quote,
                             uint64_t *structure, uint64_t *line_ends, uint64_t *quoting,
                             winnow_csv_findings *findings, winnow_sha256 *hash, size_t from) {
  (void)bytes, (void)count, (void)separator, (void)quote, (void)structure, (void)line_ends;
  (void)quoting, (void)findings, (void)hash, (void)from;
  __builtin_trap();
}

#endif

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
