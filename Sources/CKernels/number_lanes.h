/* Numbers side by side, a lane each; included once for each count of LANES: with registers of 32 bytes four lanes make one
   register, and comparisons of eight would be taken apart and joined again. No guard, as it is included again. */

#define NAME_OF(LANES) read_numbers_in_lanes_##LANES
#define NAMED(LANES) NAME_OF(LANES)

/* Reads cells of up to eight characters that are only digits, a minus and one mark between digits, or empty, from `row` on,
   LANES at a time; gives the first of those among which there is another one, or one that says what it must not, or the
   first for which there are not LANES left.

   The steps are those of `digits8`; what numbers say is added to `said`. */
INLINE size_t NAMED(LANES)(const uint8_t *text, const winnow_cell *cells, size_t row, size_t count,
                           uint8_t mark, uint32_t mark_only, uint32_t stop_at, double *values,
                           uint32_t *said) {
  LANE_TYPES(LANES);
  const double_lanes one = (double_lanes){0} + 1.0;
  const lanes zeros = ALL(0x3030303030303030u);
  const byte_lanes pattern = (byte_lanes){0} + (uint8_t)(mark ^ '0');
  lanes all_kinds = ALL(0);
  for (; row + LANES <= count; row += LANES) {
    lanes places, words = LOAD_LANES(LANES, text, cells + row, 0);
    memcpy(&places, cells + row, sizeof places);
    const lanes length = (places >> 32) - (places & 0xFFFFFFFFu);
    const lanes empty = IS(length, ==, 0);
    lanes bad = IS(length, >, 8);
    /* Digits become 0 to 9, and what is shifted in is the digit 0. */
    words ^= zeros;
    const lanes negative = IS(words & 0xFF, ==, '-' ^ '0') & ~empty;
    words >>= negative & 8;
    const lanes characters = length + negative;
    /* A minus alone. */
    bad |= IS(characters, ==, 0);
    const lanes head = words & 0xFF, second = words & 0xFF00;
    const lanes starts_with_zero = IS(head, ==, 0);
    words <<= (64 - 8 * characters) & 63;
    /* The mark's byte and its lowest bit; the bytes before and behind it. */
    const lanes found = (lanes)((byte_lanes)words == pattern);
    const lanes bit = found & -found, has_mark = IS(found, !=, 0);
    bad |= found ^ ((bit << 8) - bit);
    const lanes before = (bit - 1) & has_mark;
    words = (words & ~(before | found)) | (words & before) << 8;
    bad |= (lanes)((byte_lanes)words > 9);
    /* No mark at an end, and no zeros before the first digit. */
    bad |= IS(head, ==, mark ^ '0') | (lanes)((signed_lanes)found >> 63);
    bad |= starts_with_zero & IS(characters, >, 1) & IS(second, !=, (uint64_t)(mark ^ '0') << 8);
    const lanes three =
        IS(found, ==, 0x000000FF00000000u) & IS(characters, <, 8) & ~starts_with_zero;
    lanes kinds = (~has_mark & WINNOW_NUMBER_SAME) | (three & WINNOW_NUMBER_AMBIGUOUS) |
                  (has_mark & ~three & mark_only);
    bad |= kinds & stop_at;
    bad &= ~empty;
    if (__builtin_reduce_or(bad)) break;
    /* Two digits in each two bytes, four in each four, and all: products of lanes of eight bytes are slow. */
    words = (lanes)((short_lanes)words * 2561 >> 8);
    words = (lanes)((word_lanes)words * 6553601 >> 16);
    const lanes digits = (words & 0xFFFFFFFFu) * 10000 + (words >> 32);
    /* 10^decimals, exactly: a mark in byte k leaves 7 - k of them. */
#define POWER(BYTES, VALUE) ((double_lanes)SELECT(IS(found & (BYTES), ==, 0), (lanes)one, (lanes)(one * (VALUE))))
    const double_lanes powers10 = POWER(0x00FF00FF00FF00FFu, 10.0) *
                                  POWER(0x0000FFFF0000FFFFu, 100.0) *
                                  POWER(0x00000000FFFFFFFFu, 10000.0);
#undef POWER
    const double_lanes sizes = AS_DOUBLES(digits) / powers10;
    lanes bits = (lanes)sizes | (negative & 0x8000000000000000u);
    bits = SELECT(empty, ALL(0x7FF8000000000000u), bits);
    memcpy(values + row, &bits, sizeof bits);
    const lanes is_zero = IS(digits, ==, 0);
    kinds |= ~is_zero & WINNOW_NUMBER_NOT_PERCENT;
    kinds |= ~is_zero & (negative | (lanes)(sizes != one)) & WINNOW_NUMBER_MANY;
    all_kinds |= kinds & ~empty;
  }
  *said |= (uint32_t)__builtin_reduce_or(all_kinds);
  return row;
}

#undef NAMED
#undef NAME_OF
