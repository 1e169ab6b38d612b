#include "lanes.h"
#include "winnow_kernel.h"

typedef int64_t signed_lanes __attribute__((vector_size(64)));

/* Eight dates side by side, by the steps of those below: what is neither a date nor empty is left to them. Quotients by
   100 and 5 are products and shifts, exact for years below 10,000 and days of a year. */
INLINE int eight_dates(const uint8_t *text, const winnow_cell *cells, double *values, lanes *iso,
                       lanes *dotted) {
  lanes places, date, rest, clock;
  memcpy(&places, cells, sizeof places);
  load_lanes(text, cells, 0, &date);
  load_lanes(text, cells, 8, &rest);
  const lanes count = (places >> 32) - (places & 0xFFFFFFFFu);
  const lanes empty = (lanes)(count == 0), timed = (lanes)(count == 19);
  const lanes short_date = (lanes)(count == 10);
  const lanes is_iso = (short_date | timed) &
                       (lanes)((date & 0xFF0000FF00000000u) == 0x2D00002D00000000u);
  const lanes is_dotted = short_date & ~is_iso &
                          (lanes)((date & 0x0000FF0000FF0000u) == 0x00002E00002E0000u);
  lanes bad = ~(is_iso | is_dotted);
  const lanes digits = SELECT(is_iso, (date & 0x00FFFF00FFFFFFFFu) | 0x3000003000000000u,
                              (date & 0xFFFF00FFFF00FFFFu) | 0x0000300000300000u);
  bad |= ~(lanes)ARE_DIGITS(digits);
  const lanes ten = (rest & 0xFF) - 48, one = (rest >> 8 & 0xFF) - 48;
  bad |= (lanes)(ten > 9) | (lanes)(one > 9);
  /* Each byte times ten and the one behind it: numbers of two digits. */
  lanes twos = digits & 0x0F0F0F0F0F0F0F0Fu;
  twos = twos * 10 + (twos >> 8);
#define TWO(INDEX) ((twos >> (8 * (INDEX))) & 0xFF)
  const lanes last = ten * 10 + one;
  const lanes year = SELECT(is_iso, TWO(0) * 100 + TWO(2), TWO(6) * 100 + last);
  const lanes month = SELECT(is_iso, TWO(5), TWO(3)), day = SELECT(is_iso, last, TWO(0));
  const lanes century = year * 5243 >> 19;
  const lanes is_leap = (lanes)((year & 3) == 0) &
                        ((lanes)(year != century * 100) | (lanes)((century & 3) == 0));
  const lanes is_february = (lanes)(month == 2);
  const lanes length = 30 + ((month ^ month >> 3) & 1) - (is_february & (2 - (is_leap & 1)));
  bad |= (lanes)(year < 1) | (lanes)(month - 1 > 11) | (lanes)(day - 1 >= length);
  /* Years begin in March here, so that the leap day is the last. */
  const lanes is_early = (lanes)(month < 3);
  const lanes y = year - (is_early & 1), m = month + 9 - (~is_early & 12);
  const lanes c = y * 5243 >> 19;
  const lanes number = 365 * y + (y >> 2) - c + (c >> 2) + ((153 * m + 2) * 52429 >> 18) + day;
  double_lanes days = __builtin_convertvector((signed_lanes)(number - 719469), double_lanes);
  if (__builtin_reduce_or(timed)) {
    load_lanes(text, cells, 11, &clock);
    lanes late = (lanes)((rest >> 16 & 0xFF) != ' ');
    late |= (lanes)((clock & 0x0000FF0000FF0000u) != 0x00003A00003A0000u);
    const lanes times = (clock & 0xFFFF00FFFF00FFFFu) | 0x0000300000300000u;
    late |= ~(lanes)ARE_DIGITS(times);
    twos = times & 0x0F0F0F0F0F0F0F0Fu;
    twos = twos * 10 + (twos >> 8);
    late |= (lanes)(TWO(0) > 23) | (lanes)(TWO(3) > 59) | (lanes)(TWO(6) > 59);
    bad |= timed & late;
    const lanes seconds = (TWO(0) * 3600 + TWO(3) * 60 + TWO(6)) & timed;
    days += __builtin_convertvector(seconds, double_lanes) / 86400;
  }
  if (__builtin_reduce_or(bad & ~empty)) return 0;
  const lanes bits = SELECT(empty, ALL(0x7FF8000000000000u), (lanes)days);
  memcpy(values, &bits, sizeof bits);
  *iso |= is_iso & ~empty;
  *dotted |= is_dotted & ~empty;
  return 1;
}

/* Days since 1970-01-01 of a day of the Gregorian calendar (Fliegel and Van Flandern, 1968); 0 if there is no such. */
INLINE int day_number(uint32_t year, uint32_t month, uint32_t day, double *days) {
  static const uint8_t lengths[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1 || month - 1 > 11) return 0;
  const int is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (day < 1 || day > lengths[month] + (uint32_t)(month == 2 && is_leap)) return 0;
  /* Years begin in March here, so that the leap day is the last. */
  const int32_t y = (int32_t)year - (month < 3), m = (int32_t)(month + 9) % 12;
  *days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + (int32_t)day - 719469;
  return 1;
}

INLINE uint32_t digit(uint64_t word, unsigned index) {
  return (uint32_t)(word >> (8 * index)) & 15;
}

/* "yyyy-mm-dd", and a time "hh:mm:ss" behind a blank. */
INLINE int iso_date(const uint8_t *start, size_t length, double *days) {
  const uint64_t date = load64(start);
  if ((date & 0xFF0000FF00000000u) != 0x2D00002D00000000u) return 0;
  const uint64_t digits = (date & 0x00FFFF00FFFFFFFFu) | 0x3000003000000000u;
  if (!ARE_DIGITS(digits)) return 0;
  const uint32_t ten = start[8] - 48u, one = start[9] - 48u;
  if (ten > 9 || one > 9) return 0;
  const uint32_t year = digit(digits, 0) * 1000 + digit(digits, 1) * 100 + digit(digits, 2) * 10 +
                        digit(digits, 3);
  if (!day_number(year, digit(digits, 5) * 10 + digit(digits, 6), ten * 10 + one, days)) return 0;
  if (length == 10) return 1;
  const uint64_t time = load64(start + 11);
  if (start[10] != ' ' || (time & 0x0000FF0000FF0000u) != 0x00003A00003A0000u) return 0;
  const uint64_t clock = (time & 0xFFFF00FFFF00FFFFu) | 0x0000300000300000u;
  if (!ARE_DIGITS(clock)) return 0;
  const uint32_t hour = digit(clock, 0) * 10 + digit(clock, 1),
                 minute = digit(clock, 3) * 10 + digit(clock, 4),
                 second = digit(clock, 6) * 10 + digit(clock, 7);
  if (hour > 23 || minute > 59 || second > 59) return 0;
  *days += (double)(hour * 3600 + minute * 60 + second) / 86400;
  return 1;
}

/* "dd.mm.yyyy" */
INLINE int dotted_date(const uint8_t *start, double *days) {
  const uint64_t date = load64(start);
  if ((date & 0x0000FF0000FF0000u) != 0x00002E00002E0000u) return 0;
  const uint64_t digits = (date & 0xFFFF00FFFF00FFFFu) | 0x0000300000300000u;
  if (!ARE_DIGITS(digits)) return 0;
  const uint32_t ten = start[8] - 48u, one = start[9] - 48u;
  if (ten > 9 || one > 9) return 0;
  return day_number(digit(digits, 6) * 1000 + digit(digits, 7) * 100 + ten * 10 + one,
                    digit(digits, 3) * 10 + digit(digits, 4),
                    digit(digits, 0) * 10 + digit(digits, 1), days);
}

WINNOW_KERNEL(size_t, winnow_read_dates,
              (const uint8_t *text, const winnow_cell *cells, size_t first, size_t count,
               double *values, uint8_t *iso, uint8_t *dotted),
              (text, cells, first, count, values, iso, dotted)) {
  lanes iso_lanes = ALL(0), dotted_lanes = ALL(0);
  uint8_t has_iso = 0, has_dotted = 0;
  size_t row = first, try_at = HAS_LANES ? first : count;
  for (; row < count; row++) {
    if (row >= try_at) {
      while (row + 8 <= count && eight_dates(text, cells + row, values + row, &iso_lanes,
                                             &dotted_lanes))
        row += 8;
      if (row == count) break;
      try_at = row + 8;
    }
    const uint8_t *start = text + cells[row].start;
    const size_t length = cells[row].end - cells[row].start;
    double days;
    if (length == 0) {
      values[row] = __builtin_nan("");
    } else if ((length == 10 || length == 19) && iso_date(start, length, &days)) {
      values[row] = days;
      has_iso = 1;
    } else if (length == 10 && dotted_date(start, &days)) {
      values[row] = days;
      has_dotted = 1;
    } else {
      break;
    }
  }
  *iso |= has_iso | (__builtin_reduce_or(iso_lanes) != 0);
  *dotted |= has_dotted | (__builtin_reduce_or(dotted_lanes) != 0);
  return row;
}
