#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "chunk64.h"
#include "winnow_cells.h"
#include "winnow_kernel.h"

/* A cell without its quotes; one that has none is given as it is. */
static __attribute__((noinline)) winnow_cell quoted(uint8_t *text, size_t field_start,
                                                    size_t field_end, uint8_t quote,
                                                    int is_irregular) {
  size_t start = field_start, end = field_end;
  if (is_irregular) {
    while (start < end && (text[start] == ' ' || text[start] == '\t')) start++;
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t')) end--;
  }
  if (end - start < 2 || text[start] != quote || text[end - 1] != quote)
    return (winnow_cell){(uint32_t)field_start, (uint32_t)field_end};
  start++;
  end--;
  size_t read = start;
  while (read + 8 <= end && !EQUAL_BYTES(load64(text + read), 0x0101010101010101u * quote)) read += 8;
  while (read < end && text[read] != quote) read++;
  size_t write = read;
  while (read < end) {
    uint8_t byte = text[read];
    text[write++] = byte;
    read += byte == quote ? 2 : 1;
  }
  /* What is left over must not look like a line end to who counts lines. */
  for (size_t k = write; k < end; k++) text[k] = ' ';
  return (winnow_cell){(uint32_t)start, (uint32_t)write};
}

INLINE int is_blank(const uint8_t *text, size_t start, size_t end) {
  for (size_t k = start; k < end; k++)
    if (text[k] != ' ' && text[k] != '\t') return 0;
  return 1;
}

/* Marks that are looked at together: bits made numbers, as many as a small record or many of them have. */
#define ROOM 4096

/* Places in a text, rising, from `head` to `tail`. */
typedef struct {
  uint32_t *places;
  size_t head, tail;
} place_list;

/* Makes numbers of the bits of a word, `step` at a time without asking how many there are: a branch at each bit that a
   word might not have would be foretold wrongly once a word, which costs more than all the rest. */
INLINE void append_bits(place_list *list, uint64_t bits, uint32_t base, size_t step) {
  const size_t found = (size_t)__builtin_popcountll(bits);
  uint32_t *next = list->places + list->tail;
  list->tail += found;
  size_t k = 0;
  do
    for (size_t j = 0; j < step; j++) {
      /* Behind the last bit this writes what the next word overwrites. */
      next[k + j] = base + (uint32_t)(bits ? __builtin_ctzll(bits) : 64);
      bits &= bits - 1;
    }
  while ((k += step) < found);
}

/* About as many as words of 64 bytes have: of marks, and of line ends or cells in quotes. */
#define STEP 12
#define FEW 2

/* Numbers that are written behind the last one of a list at most. */
#define BEHIND 16

#if defined(__x86_64__)
/* All marks of some words, 16 bytes of text at a time, in half the instructions. */
static __attribute__((target(WINNOW_AVX512_FEATURES))) void append_words_avx512(
    place_list *list, const uint64_t *structure, size_t first, size_t end) {
  __m512i places = _mm512_add_epi32(_mm512_set1_epi32((int)(first * 64)),
                                    _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
                                                      14, 15));
  uint32_t *next = list->places + list->tail;
  for (size_t at = first; at < end; at++) {
    for (size_t part = 0; part < 64; part += 16) {
      const __mmask16 bits = (__mmask16)(structure[at] >> part);
      _mm512_storeu_si512(next, _mm512_maskz_compress_epi32(bits, places));
      next += __builtin_popcount(bits);
      places = _mm512_add_epi32(places, _mm512_set1_epi32(16));
    }
  }
  list->tail = (size_t)(next - list->places);
}
#endif

/* The marks of some words, for which there is room. */
INLINE void append_words(place_list *list, const uint64_t *structure, size_t first, size_t end) {
#if defined(__x86_64__)
  if (winnow_path() == WINNOW_AVX512) {
    append_words_avx512(list, structure, first, end);
    return;
  }
#endif
  for (size_t at = first; at < end; at++)
    append_bits(list, structure[at], (uint32_t)(at * 64), STEP);
}

/* What is ahead in a text. */
typedef struct {
  /* Separators and line ends; those that are no separators; quotes that begin a cell. */
  place_list marks, lines, quotes;
  /* The next word of the structure. */
  size_t word, words;
} marks_ahead;

INLINE void drop_head(place_list *list) {
  memmove(list->places, list->places + list->head, (list->tail - list->head) * sizeof *list->places);
  list->tail -= list->head;
  list->head = 0;
}

/* Whether a record's marks are not all there, and more of them can be read. */
INLINE int can_look_ahead(const marks_ahead *ahead, size_t columns) {
  const size_t left = ahead->marks.tail - ahead->marks.head;
  return left < columns && left <= ROOM - 64 && ahead->word < ahead->words;
}

INLINE void drop_before(place_list *list, size_t place) {
  while (list->head < list->tail && list->places[list->head] < place) list->head++;
}

/* Reads words of the structure while there is room for all bits of a word.

   field_start  what is before it is over: of what is left, lines and quotes are at most as many as marks, and one */
INLINE void look_ahead(marks_ahead *ahead, const uint8_t *text, const uint64_t *structure,
                       const winnow_csv_walk *walk, size_t field_start) {
  drop_before(&ahead->lines, field_start);
  drop_before(&ahead->quotes, field_start);
  drop_head(&ahead->marks);
  drop_head(&ahead->lines);
  drop_head(&ahead->quotes);
  const size_t first = ahead->word;
  size_t end = first, count = ahead->marks.tail;
  while (end < ahead->words && count + 64 <= ROOM)
    count += (size_t)__builtin_popcountll(structure[end++]);
  append_words(&ahead->marks, structure, first, end);
  uint64_t begins = first ? structure[first - 1] >> 63 : 1;
  for (size_t at = first; at < end; at++) {
    const uint64_t bits = structure[at];
    const uint32_t base = (uint32_t)(at * 64);
    chunk64 c;
    memcpy(&c, text + at * 64, sizeof c);
    append_bits(&ahead->lines, bits & ~WHERE(c == walk->separator), base, FEW);
    append_bits(&ahead->quotes, WHERE(c == walk->quote) & (bits << 1 | begins), base, FEW);
    begins = bits >> 63;
  }
  ahead->word = end;
}

/* The cells of a record whose last mark is a line feed and the first of the next line ends; 0, with nothing done that
   matters, where it is not so, or one must look closer. */
INLINE int whole_record(uint8_t *text, marks_ahead *ahead, size_t start,
                        const winnow_csv_walk *walk, winnow_cell *slot) {
  const size_t columns = walk->columns, stride = walk->stride;
  const uint32_t *marks = ahead->marks.places + ahead->marks.head;
  uint32_t first = (uint32_t)start, end = marks[columns - 1];
  /* A record that is no longer than a cell may be has no cell that is. */
  if (end != ahead->lines.places[ahead->lines.head] || text[end] != '\n' || walk->fault < end ||
      end - first > walk->limit)
    return 0;
  const uint32_t last = end - (end > first && text[end - 1] == '\r');
  if (last < end && last > first && text[last - 1] == '\r') return 0;
  winnow_cell *next = slot;
  for (size_t column = 0; column + 1 < columns; column++) {
    *next = (winnow_cell){first, marks[column]};
    first = marks[column] + 1;
    next += stride;
  }
  *next = (winnow_cell){first, last};
  place_list *quotes = &ahead->quotes;
  for (; quotes->head < quotes->tail && quotes->places[quotes->head] < end; quotes->head++) {
    const uint32_t place = quotes->places[quotes->head];
    size_t column = 0;
    for (size_t k = 0; k + 1 < columns; k++) column += marks[k] < place;
    winnow_cell *cell = slot + column * stride;
    *cell = quoted(text, cell->start, cell->end, walk->quote, 0);
  }
  ahead->marks.head += columns;
  ahead->lines.head++;
  return 1;
}

/* About 1 ns a cell. */
WINNOW_KERNEL(int, winnow_csv_records,
              (uint8_t *text, const uint64_t *structure, winnow_csv_walk *walk,
               winnow_cell *cells),
              (text, structure, walk, cells)) {
  uint32_t marks[ROOM + BEHIND], lines[ROOM + BEHIND], quotes[ROOM + BEHIND];
  const size_t count = walk->count, columns = walk->columns, stride = walk->stride;
  const size_t limit = walk->limit, fault = walk->fault;
  const uint8_t quote = walk->quote;
  const int is_irregular = walk->is_irregular;
  size_t field_start = walk->field_start, record_start = walk->record_start, row = walk->row;
  size_t column = 0, longest = 0;
  winnow_cell *slot = cells + row;
  marks_ahead ahead = {{marks, 0, 0}, {lines, 0, 0}, {quotes, 0, 0},
                       walk->at / 64, (count + 63) / 64};
  if (walk->at > 0) {
    /* Marks before the place to go on at are done. */
    look_ahead(&ahead, text, structure, walk, field_start);
    drop_before(&ahead.marks, walk->at);
  }
  for (;;) {
    if (can_look_ahead(&ahead, columns)) look_ahead(&ahead, text, structure, walk, field_start);
    if (column == 0 && !is_irregular) {
      /* What the way of single marks has left behind. */
      drop_before(&ahead.lines, record_start);
      drop_before(&ahead.quotes, record_start);
      while (ahead.marks.tail - ahead.marks.head >= columns &&
             ahead.lines.head < ahead.lines.tail &&
             whole_record(text, &ahead, record_start, walk, slot)) {
        field_start = record_start = marks[ahead.marks.head - 1] + 1;
        row++;
        slot = cells + row;
      }
      if (can_look_ahead(&ahead, columns)) continue;
    }
    /* A mark by itself: of a record that is not so plain, or longer than there is room for. */
    size_t place;
    if (ahead.marks.head < ahead.marks.tail) {
      place = marks[ahead.marks.head++];
    } else {
      if (ahead.word < ahead.words) continue;
      /* The last record may have no line end. */
      if (record_start >= count) break;
      place = count;
    }
    const int is_line_end = place == count || text[place] == '\n' || text[place] == '\r';
    size_t end = place;
    if (is_line_end) {
      if (place < count && text[place] == '\n') {
        if (end > field_start && text[end - 1] == '\r') end--;
        if (end > field_start && end < place && text[end - 1] == '\r') end--;
      }
      if (column == 0 && columns > 1 && is_blank(text, field_start, end)) {
        const size_t start = record_start;
        field_start = record_start = place + 1;
        if (fault >= place) continue;
        walk->start = start;
        walk->end = place;
        walk->at = walk->field_start = walk->record_start = place + 1;
        walk->row = row;
        return WINNOW_RECORD_FAULTY;
      }
    }
    if (column < columns) {
      if (end - field_start > limit && end - field_start > longest) longest = end - field_start;
      winnow_cell cell = {(uint32_t)field_start, (uint32_t)end};
      if (is_irregular || (field_start < end && text[field_start] == quote))
        cell = quoted(text, field_start, end, quote, is_irregular);
      *slot = cell;
      slot += stride;
    }
    column++;
    field_start = place + 1;
    if (!is_line_end) continue;
    if (fault < place || column != columns || longest > limit) {
      walk->start = record_start;
      walk->end = place;
      walk->fields = column;
      walk->longest = longest;
      walk->at = walk->field_start = walk->record_start = place + 1;
      walk->row = row;
      return fault < place       ? WINNOW_RECORD_FAULTY
             : column != columns ? WINNOW_RECORD_FIELDS
                                 : WINNOW_RECORD_LONG;
    }
    record_start = place + 1;
    column = 0;
    row++;
    slot = cells + row;
  }
  walk->row = row;
  return WINNOW_RECORDS_OVER;
}
