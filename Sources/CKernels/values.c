#include "lanes.h"
#include "winnow_kernel.h"

static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/* The digits of a number without its mark, and how many come after it; 0 where it is anything else.

   The last character is brought into the highest byte, with zeros before the first; a mark is squeezed out. */
INLINE int digits8(const uint8_t *start, size_t count, uint64_t pattern, uint64_t *digits,
                   size_t *decimals) {
  const unsigned bits = 8 * (unsigned)count;
  uint64_t word = load64(start) << (64 - bits);
  word |= 0x3030303030303030u >> (bits - 1) >> 1;
  const uint64_t found = EQUAL_BYTES(word, pattern);
  *decimals = 0;
  if (found) {
    const unsigned place = (unsigned)__builtin_ctzll(found) & 0x38;
    *decimals = 7 - place / 8;
    if (found & (found - 1)) return 0;
    const uint64_t before = word & ((1ull << place) - 1);
    word = (place == 56 ? 0 : word & (~0ull << (place + 8))) | before << 8 | 0x30;
  }
  if (!ARE_DIGITS(word)) return 0;
  *digits = EIGHT_DIGITS(word);
  return 1;
}

INLINE int digits16(const uint8_t *start, size_t count, uint64_t pattern, uint64_t *digits,
                    size_t *decimals) {
  /* 9 to 16 characters: the last 8 are `low`, those before them `high`, filled up with zeros. */
  const unsigned bits = 8 * (unsigned)(count - 8);
  uint64_t low = load64(start + count - 8);
  uint64_t high = load64(start) << (64 - bits);
  high |= 0x3030303030303030u >> (bits - 1) >> 1;
  const uint64_t in_low = EQUAL_BYTES(low, pattern), in_high = EQUAL_BYTES(high, pattern);
  *decimals = 0;
  if (in_low) {
    const unsigned place = (unsigned)__builtin_ctzll(in_low) & 0x38;
    *decimals = 7 - place / 8;
    if (in_high || (in_low & (in_low - 1))) return 0;
    const uint64_t before = low & ((1ull << place) - 1);
    low = (place == 56 ? 0 : low & (~0ull << (place + 8))) | before << 8 | high >> 56;
    high = high << 8 | 0x30;
  } else if (in_high) {
    const unsigned place = (unsigned)__builtin_ctzll(in_high) & 0x38;
    *decimals = 15 - place / 8;
    if (in_high & (in_high - 1)) return 0;
    const uint64_t before = high & ((1ull << place) - 1);
    high = (place == 56 ? 0 : high & (~0ull << (place + 8))) | before << 8 | 0x30;
  }
  if (!ARE_DIGITS(low) || !ARE_DIGITS(high)) return 0;
  *digits = EIGHT_DIGITS(high) * 100000000u + EIGHT_DIGITS(low);
  return 1;
}

/* What is not plain is left to who reads numbers one by one. */
#define LANES 4
#include "number_lanes.h"
#undef LANES
#define LANES 8
#include "number_lanes.h"
#undef LANES

/* The value of digits before a mark is exact below 2^53, and one division by an exact power of ten rounds once:
   the nearest double (Clinger, How to read floating point numbers accurately, 1990). */
WINNOW_KERNEL(size_t, winnow_read_numbers,
              (const uint8_t *text, const winnow_cell *cells, size_t first, size_t count,
               uint8_t mark, uint32_t mark_only, uint32_t stop_at, double *values,
               uint32_t *evidence),
              (text, cells, first, count, mark, mark_only, stop_at, values, evidence)) {
  const uint64_t pattern = 0x0101010101010101u * mark;
  uint32_t said = 0;
  size_t row = first, try_at = HAS_LANES ? first : count;
  for (; row < count; row++) {
    if (row >= try_at) {
      row = winnow_path() == WINNOW_AVX512
                ? read_numbers_in_lanes_8(text, cells, row, count, mark, mark_only, stop_at, values,
                                          &said)
                : read_numbers_in_lanes_4(text, cells, row, count, mark, mark_only, stop_at, values,
                                          &said);
      if (row == count) break;
      try_at = row + 8;
    }
    const uint8_t *start = text + cells[row].start;
    size_t length = cells[row].end - cells[row].start;
    if (length == 0) {
      values[row] = __builtin_nan("");
      continue;
    }
    const int is_negative = *start == '-';
    start += is_negative;
    length -= (size_t)is_negative;
    if (length - 1 >= 16) break;
    uint64_t digits;
    size_t decimals;
    if (length <= 8 ? !digits8(start, length, pattern, &digits, &decimals)
                    : !digits16(start, length, pattern, &digits, &decimals))
      break;
    const size_t behind = decimals ? decimals + 1 : 0;
    /* No mark at an end, and no zeros before the first digit. */
    if (start[length - 1] == mark || *start == mark) break;
    if (*start == '0' && length - behind > 1) break;
    if (digits > 1ull << 53) break;
    uint32_t kind = decimals == 0 ? WINNOW_NUMBER_SAME
                    : decimals == 3 && length <= 7 && *start != '0' ? WINNOW_NUMBER_AMBIGUOUS
                                                                    : mark_only;
    if (kind & stop_at) break;
    const double size = decimals ? (double)digits / powers[decimals] : (double)digits;
    values[row] = is_negative ? -size : size;
    kind |= digits ? WINNOW_NUMBER_NOT_PERCENT : 0;
    kind |= size != 0 && (is_negative || size != 1) ? WINNOW_NUMBER_MANY : 0;
    said |= kind;
  }
  *evidence |= said;
  return row;
}
