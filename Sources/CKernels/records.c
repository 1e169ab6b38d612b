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
  if (end - start <= 64) {
    /* Nearly all cells: one look tells that no quote is in them. */
    chunk64 c;
    memcpy(&c, text + start, sizeof c);
    const uint64_t inside = end - start == 64 ? ~0ull : (1ull << (end - start)) - 1;
    if (!(WHERE(c == quote) & inside)) return (winnow_cell){(uint32_t)start, (uint32_t)end};
  }
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

/* Numbers, rising, from `head` to `tail`. */
typedef struct {
  uint32_t *numbers;
  size_t head, tail;
} number_list;

/* Makes numbers of the bits of a word, `step` at a time without asking how many there are: a branch at each bit that a
   word might not have would be foretold wrongly once a word, which costs more than all the rest. */
#define APPEND_BITS(LIST, WORD, STEP, NUMBER)                                           \
  do {                                                                                  \
    uint64_t left_ = (WORD);                                                            \
    uint32_t *next_ = (LIST)->numbers + (LIST)->tail;                                   \
    const uint32_t *const end_ = next_ + __builtin_popcountll(left_);                   \
    (LIST)->tail = (size_t)(end_ - (LIST)->numbers);                                    \
    do                                                                                  \
      for (size_t j_ = 0; j_ < (STEP); j_++) {                                          \
        /* Behind the last bit this writes what the next word overwrites. */            \
        const uint64_t below_ = (left_ & -left_) - 1;                                   \
        *next_++ = (uint32_t)(NUMBER(below_));                                          \
        left_ &= left_ - 1;                                                             \
      }                                                                                 \
    while (next_ < end_);                                                               \
  } while (0)

/* About as many as words of 64 bytes have: of marks, and of line ends or cells in quotes. */
#define STEP 12
#define FEW 1

/* Numbers that are written behind the last one of a list at most. */
#define BEHIND 16

#if defined(__x86_64__)
/* All marks of some words, 16 bytes of text at a time, in half the instructions. */
static __attribute__((target(WINNOW_AVX512_FEATURES))) void append_words_avx512(
    number_list *list, const uint64_t *structure, size_t first, size_t end) {
  __m512i places = _mm512_add_epi32(_mm512_set1_epi32((int)(first * 64)),
                                    _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
                                                      14, 15));
  uint32_t *next = list->numbers + list->tail;
  for (size_t at = first; at < end; at++) {
    for (size_t part = 0; part < 64; part += 16) {
      const __mmask16 bits = (__mmask16)(structure[at] >> part);
      _mm512_storeu_si512(next, _mm512_maskz_compress_epi32(bits, places));
      next += __builtin_popcount(bits);
      places = _mm512_add_epi32(places, _mm512_set1_epi32(16));
    }
  }
  list->tail = (size_t)(next - list->numbers);
}
#endif

/* What is ahead in a text. */
typedef struct {
  /* The places of separators and line ends; the numbers that those of them have in this list that are line ends, and that
     end cells which begin with quotes. */
  number_list marks, lines, quotes;
  /* The masks that these are bits of, and the next word of each. */
  const uint64_t *structure, *line_ends, *quoting;
  size_t word, words;
  const _Bool *is_read;
} marks_ahead;

/* Forgets the marks before the head, which others are counted from. */
INLINE void drop_marks(number_list *list) {
  memmove(list->numbers, list->numbers + list->head,
          (list->tail - list->head) * sizeof *list->numbers);
  list->tail -= list->head;
  list->head = 0;
}

/* Forgets those of some marks that are before the head of all, and counts the others from there. */
INLINE void drop_some(number_list *list, size_t head) {
  size_t kept = 0;
  for (size_t k = list->head; k < list->tail; k++)
    if (list->numbers[k] >= head) list->numbers[kept++] = list->numbers[k] - (uint32_t)head;
  list->tail = kept;
  list->head = 0;
}

/* Whether a record's marks are not all there, and more of them can be read. */
INLINE int can_look_ahead(const marks_ahead *ahead, size_t columns) {
  const size_t left = ahead->marks.tail - ahead->marks.head;
  return left < columns && left <= ROOM - 64 && ahead->word < ahead->words;
}

INLINE void drop_before(number_list *list, size_t number) {
  while (list->head < list->tail && list->numbers[list->head] < number) list->head++;
}

/* Reads words of the structure while there is room for all bits of a word. */
INLINE void look_ahead(marks_ahead *ahead) {
  drop_some(&ahead->lines, ahead->marks.head);
  drop_some(&ahead->quotes, ahead->marks.head);
  drop_marks(&ahead->marks);
  const size_t first = ahead->word;
  size_t end = first, count = ahead->marks.tail;
  while (end < ahead->words && count + 64 <= ROOM)
    count += (size_t)__builtin_popcountll(ahead->structure[end++]);
  uint32_t mark = (uint32_t)ahead->marks.tail;
#if defined(__x86_64__)
  const int is_wide = winnow_path() == WINNOW_AVX512;
  if (is_wide) append_words_avx512(&ahead->marks, ahead->structure, first, end);
#else
  const int is_wide = 0;
#endif
  uint64_t begins = first ? ahead->structure[first - 1] >> 63 : 1;
  for (size_t at = first; at < end; at++) {
    const uint64_t bits = ahead->structure[at];
    /* A bit a mark at most, whatever the masks say. */
    const uint64_t ends = ahead->line_ends[at] & bits;
    const uint64_t quotes = ahead->quoting[at] & (bits << 1 | begins);
#define PLACE(BELOW) (at * 64 + (size_t)__builtin_popcountll(BELOW))
#define MARK(BELOW) (mark + (size_t)__builtin_popcountll(bits & (BELOW)))
    if (!is_wide) APPEND_BITS(&ahead->marks, bits, STEP, PLACE);
    APPEND_BITS(&ahead->lines, ends, FEW, MARK);
    APPEND_BITS(&ahead->quotes, quotes, FEW, MARK);
#undef PLACE
#undef MARK
    mark += (uint32_t)__builtin_popcountll(bits);
    begins = bits >> 63;
  }
  ahead->word = end;
}

/* Whether the marks from number `first` on are those of one whole record, the first of them that is a line end being its
   last, a line feed. */
INLINE int is_whole(const uint8_t *text, const marks_ahead *ahead, size_t first, size_t line,
                    size_t start, const winnow_csv_walk *walk) {
  const size_t last = first + walk->columns - 1;
  if (last >= ahead->marks.tail || line >= ahead->lines.tail || ahead->lines.numbers[line] != last)
    return 0;
  const size_t end = ahead->marks.numbers[last];
  /* A record that is no longer than a cell may be has no cell that is. Two returns before a line feed end a line too. */
  return text[end] == '\n' && walk->fault >= end && end - start <= walk->limit &&
         !(end >= start + 2 && text[end - 1] == '\r' && text[end - 2] == '\r');
}

/* Takes cells that are read out of their quotes: those of marks before number `end`, where `slot` is the first cell of mark
   `head`. */
INLINE void unquote(uint8_t *text, marks_ahead *ahead, size_t end, const winnow_csv_walk *walk,
                    winnow_cell *slot) {
  number_list *quotes = &ahead->quotes;
  for (; quotes->head < quotes->tail && quotes->numbers[quotes->head] < end; quotes->head++) {
    const uint32_t place = quotes->numbers[quotes->head] - (uint32_t)ahead->marks.head;
    const uint32_t row = place / (uint32_t)walk->columns;
    const uint32_t column = place - row * (uint32_t)walk->columns;
    if (!ahead->is_read[column]) continue;
    winnow_cell *cell = slot + column * walk->stride + row;
    *cell = quoted(text, cell->start, cell->end, walk->quote, 0);
  }
}

/* The cells of a whole record, but for their quotes. */
INLINE void one_record(const uint8_t *text, const uint32_t *marks, uint32_t start,
                       const winnow_csv_walk *walk, winnow_cell *slot) {
  const size_t columns = walk->columns;
  for (size_t column = 0; column < columns; column++) {
    *slot = (winnow_cell){start, marks[column]};
    start = marks[column] + 1;
    slot += walk->stride;
  }
  slot -= walk->stride;
  slot->end -= slot->end > slot->start && text[slot->end - 1] == '\r';
}

/* Records whose cells are written together: four cells of a column lie side by side. */
#define SOME 4
typedef uint32_t some __attribute__((vector_size(4 * SOME)));

#define MIX(ONE, OTHER, ...) __builtin_shufflevector(ONE, OTHER, __VA_ARGS__)

/* The same of four whole records, one behind the other. */
INLINE void some_records(const uint8_t *text, const uint32_t *marks, uint32_t start,
                         const winnow_csv_walk *walk, winnow_cell *slot) {
  const size_t columns = walk->columns, stride = walk->stride;
  winnow_cell *const last = slot + (columns - 1) * stride;
  some first = {start, marks[columns - 1] + 1, marks[2 * columns - 1] + 1,
                marks[3 * columns - 1] + 1};
  for (size_t column = 0; column < columns; column += SOME) {
    some row[SOME], end[SOME];
    for (size_t k = 0; k < SOME; k++) memcpy(row + k, marks + k * columns + column, sizeof *row);
    /* Behind the last column this is of the next record, and not written. */
    const some low = MIX(row[0], row[1], 0, 4, 1, 5), high = MIX(row[0], row[1], 2, 6, 3, 7);
    const some low2 = MIX(row[2], row[3], 0, 4, 1, 5), high2 = MIX(row[2], row[3], 2, 6, 3, 7);
    end[0] = MIX(low, low2, 0, 1, 4, 5);
    end[1] = MIX(low, low2, 2, 3, 6, 7);
    end[2] = MIX(high, high2, 0, 1, 4, 5);
    end[3] = MIX(high, high2, 2, 3, 6, 7);
    const size_t left = columns - column < SOME ? columns - column : SOME;
    for (size_t k = 0; k < left; k++) {
      const some cells[2] = {MIX(first, end[k], 0, 4, 1, 5), MIX(first, end[k], 2, 6, 3, 7)};
      memcpy(slot, cells, sizeof cells);
      first = end[k] + 1;
      slot += stride;
    }
  }
  for (size_t k = 0; k < SOME; k++)
    last[k].end -= last[k].end > last[k].start && text[last[k].end - 1] == '\r';
}

/* The cells of the whole records ahead, of which there are not more than four; gives how many there are. */
INLINE size_t whole_records(uint8_t *text, marks_ahead *ahead, size_t start,
                            const winnow_csv_walk *walk, winnow_cell *slot) {
  const size_t columns = walk->columns, head = ahead->marks.head;
  const uint32_t *marks = ahead->marks.numbers + head;
  size_t count = 0, begin = start;
  while (count < SOME && is_whole(text, ahead, head + count * columns, ahead->lines.head + count,
                                  begin, walk)) {
    count++;
    begin = marks[count * columns - 1] + 1u;
  }
  if (count == SOME) {
    some_records(text, marks, (uint32_t)start, walk, slot);
  } else {
    for (size_t k = 0; k < count; k++) {
      one_record(text, marks + k * columns, (uint32_t)start, walk, slot + k);
      start = marks[(k + 1) * columns - 1] + 1u;
    }
  }
  unquote(text, ahead, head + count * columns, walk, slot);
  ahead->marks.head += count * columns;
  ahead->lines.head += count;
  return count;
}

/* About 1 ns a cell with AVX-512, 2.5 with AVX2. */
WINNOW_KERNEL(int, winnow_csv_records,
              (uint8_t *text, const uint64_t *structure, const uint64_t *line_ends,
               const uint64_t *quoting, const _Bool *is_read, winnow_csv_walk *walk,
               winnow_cell *cells),
              (text, structure, line_ends, quoting, is_read, walk, cells)) {
  uint32_t marks[ROOM + BEHIND], lines[ROOM + BEHIND], quotes[ROOM + BEHIND];
  const size_t count = walk->count, columns = walk->columns, stride = walk->stride;
  const size_t limit = walk->limit, fault = walk->fault;
  const uint8_t quote = walk->quote;
  const int is_irregular = walk->is_irregular;
  size_t field_start = walk->field_start, record_start = walk->record_start, row = walk->row;
  size_t column = 0, longest = 0;
  winnow_cell *slot = cells + row;
  marks_ahead ahead = {{marks, 0, 0}, {lines, 0, 0}, {quotes, 0, 0},
                       structure, line_ends, quoting, walk->at / 64, (count + 63) / 64, is_read};
  if (walk->at > 0) {
    /* Marks before the place to go on at are done. */
    look_ahead(&ahead);
    drop_before(&ahead.marks, walk->at);
  }
  for (;;) {
    if (can_look_ahead(&ahead, columns)) look_ahead(&ahead);
    if (column == 0 && !is_irregular) {
      /* What the way of single marks has left behind. */
      drop_before(&ahead.lines, ahead.marks.head);
      drop_before(&ahead.quotes, ahead.marks.head);
      size_t found;
      while ((found = whole_records(text, &ahead, record_start, walk, slot))) {
        field_start = record_start = marks[ahead.marks.head - 1] + 1;
        row += found;
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
      if (is_read[column] &&
          (is_irregular || (field_start < end && text[field_start] == quote)))
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
