#include "lanes.h"
#include "winnow_kernel.h"

#define LANES 4
#include "date_lanes.h"
#undef LANES
#define LANES 8
#include "date_lanes.h"
#undef LANES

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
  uint8_t has_iso = 0, has_dotted = 0;
  size_t row = first, try_at = HAS_LANES ? first : count;
  for (; row < count; row++) {
    if (row >= try_at) {
      row = winnow_path() == WINNOW_AVX512
                ? read_dates_in_lanes_8(text, cells, row, count, values, &has_iso, &has_dotted)
                : read_dates_in_lanes_4(text, cells, row, count, values, &has_iso, &has_dotted);
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
  *iso |= has_iso;
  *dotted |= has_dotted;
  return row;
}
