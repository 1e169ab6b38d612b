/* Dates side by side, a lane each; included once for each count of LANES, as number_lanes.h is. */

#define NAME_OF(LANES) read_dates_in_lanes_##LANES
#define NAMED(LANES) NAME_OF(LANES)

/* Reads dates, or empty cells, from `row` on, LANES at a time; gives the first of those among which there is anything else,
   or the first for which there are not LANES left.

   The steps are those of `day_number`. Quotients by 100 and 5 are products and shifts, exact for years below 10,000 and days
   of a year. */
INLINE size_t NAMED(LANES)(const uint8_t *text, const winnow_cell *cells, size_t row, size_t count,
                           double *values, uint8_t *iso, uint8_t *dotted) {
  LANE_TYPES(LANES);
  lanes any_iso = ALL(0), any_dotted = ALL(0);
  for (; row + LANES <= count; row += LANES) {
    lanes places, date = LOAD_LANES(LANES, text, cells + row, 0);
    memcpy(&places, cells + row, sizeof places);
    const lanes rest = LOAD_LANES(LANES, text, cells + row, 8);
    const lanes length = (places >> 32) - (places & 0xFFFFFFFFu);
    const lanes empty = IS(length, ==, 0), timed = IS(length, ==, 19);
    const lanes short_date = IS(length, ==, 10);
    const lanes is_iso = (short_date | timed) &
                         IS(date & 0xFF0000FF00000000u, ==, 0x2D00002D00000000u);
    const lanes is_dotted = short_date & ~is_iso &
                            IS(date & 0x0000FF0000FF0000u, ==, 0x00002E00002E0000u);
    lanes bad = ~(is_iso | is_dotted);
    /* Digits become 0 to 9, marks 0. */
    date ^= 0x3030303030303030u;
    date &= SELECT(is_iso, ALL(0x00FFFF00FFFFFFFFu), ALL(0xFFFF00FFFF00FFFFu));
    const lanes end = (rest ^ 0x3030) & 0xFFFF;
    bad |= (lanes)((byte_lanes)date > 9) | (lanes)((byte_lanes)end > 9);
#define TWO(DIGITS, INDEX) (((DIGITS) >> (8 * (INDEX))) & 0xFF)
    const lanes twos = TWOS(date), last = TWO(TWOS(end), 0);
    const lanes year = SELECT(is_iso, TIMES(TWO(twos, 0), 100) + TWO(twos, 2),
                              TIMES(TWO(twos, 6), 100) + last);
    const lanes month = SELECT(is_iso, TWO(twos, 5), TWO(twos, 3));
    const lanes day = SELECT(is_iso, last, TWO(twos, 0));
    const lanes century = TIMES(year, 5243) >> 19;
    const lanes is_leap = IS(year & 3, ==, 0) &
                          (~EQUAL(year, TIMES(century, 100)) | IS(century & 3, ==, 0));
    const lanes month_days =
        30 + ((month ^ month >> 3) & 1) - (IS(month, ==, 2) & (2 - (is_leap & 1)));
    bad |= IS(year, <, 1) | IS(month, <, 1) | IS(month, >, 12) | IS(day, <, 1) |
           (lanes)((signed_lanes)day > (signed_lanes)month_days);
    /* Years begin in March here, so that the leap day is the last. */
    const lanes is_early = IS(month, <, 3);
    const lanes y = year - (is_early & 1), m = month + 9 - (~is_early & 12);
    const lanes c = TIMES(y, 5243) >> 19;
    const lanes number = TIMES(y, 365) + (y >> 2) - c + (c >> 2) +
                         (TIMES(TIMES(m, 153) + 2, 52429) >> 18) + day;
    double_lanes days = AS_DOUBLES(number) - 719469;
    if (__builtin_reduce_or(timed)) {
      lanes clock = LOAD_LANES(LANES, text, cells + row, 11);
      lanes late = ~IS(rest >> 16 & 0xFF, ==, ' ');
      late |= ~IS(clock & 0x0000FF0000FF0000u, ==, 0x00003A00003A0000u);
      clock = (clock ^ 0x3030303030303030u) & 0xFFFF00FFFF00FFFFu;
      late |= (lanes)((byte_lanes)clock > 9);
      const lanes parts = TWOS(clock);
      const lanes hour = TWO(parts, 0), minute = TWO(parts, 3), second = TWO(parts, 6);
      late |= IS(hour, >, 23) | IS(minute, >, 59) | IS(second, >, 59);
      bad |= timed & late;
      const lanes seconds = (TIMES(hour, 3600) + TIMES(minute, 60) + second) & timed;
      days += AS_DOUBLES(seconds) / 86400;
    }
#undef TWO
    if (__builtin_reduce_or(bad & ~empty)) break;
    const lanes bits = SELECT(empty, ALL(0x7FF8000000000000u), (lanes)days);
    memcpy(values + row, &bits, sizeof bits);
    any_iso |= is_iso & ~empty;
    any_dotted |= is_dotted & ~empty;
  }
  *iso |= __builtin_reduce_or(any_iso) != 0;
  *dotted |= __builtin_reduce_or(any_dotted) != 0;
  return row;
}

#undef NAMED
#undef NAME_OF
