#include "load64.h"
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
  while (read + 8 <= end && !equal_bytes(load64(text + read), 0x0101010101010101u * quote)) read += 8;
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

/* Bits of a word that are looked for at once: about as many as words of 64 bytes have marks. */
#define STEP 12

/* The numbers of the bits of words, while there is room for all bits of a word; gives how many.

   Twelve at a time without asking how many there are: a branch at each bit that a word might not have would be
   foretold wrongly once a word, which costs more than all the rest. */
INLINE size_t flatten(const uint64_t *structure, size_t *word, size_t words, uint32_t *places,
                      size_t filled) {
  size_t at = *word;
  for (; at < words && filled + 64 <= ROOM; at++) {
    uint64_t bits = structure[at];
    const uint32_t base = (uint32_t)(at * 64);
    const size_t found = (size_t)__builtin_popcountll(bits);
    uint32_t *next = places + filled;
    filled += found;
    for (size_t k = 0; k < found; k += STEP)
      for (size_t j = 0; j < STEP; j++) {
        /* Behind the last bit this writes what the next word overwrites. */
        next[k + j] = base + (uint32_t)(bits ? __builtin_ctzll(bits) : 64);
        bits &= bits - 1;
      }
  }
  *word = at;
  return filled;
}

/* The cells of a record that ends at the last of as many marks as it has columns; 0, with nothing done that
   matters, where it is not so, or one must look closer.

   Bit k of `with_quotes` says that one of the cells k, k + 64, ... begins with a quote. */
INLINE int whole_record(const uint8_t *text, const uint32_t *marks, size_t start,
                        const winnow_csv_walk *walk, winnow_cell *slot, uint64_t *with_quotes) {
  const size_t columns = walk->columns, stride = walk->stride;
  const uint8_t quote = walk->quote, separator = walk->separator;
  const size_t limit = walk->limit;
  uint32_t first = (uint32_t)start;
  unsigned others = 0, is_long = 0;
  uint64_t quotes = 0;
  for (size_t column = 0; column + 1 < columns; column++) {
    const uint32_t end = marks[column];
    quotes |= (uint64_t)(text[first] == quote) << (column % 64);
    others |= text[end] != separator;
    is_long |= end - first > limit;
    *slot = (winnow_cell){first, end};
    slot += stride;
    first = end + 1;
  }
  uint32_t end = marks[columns - 1];
  if (others || text[end] != '\n' || walk->fault < end) return 0;
  end -= end > first && text[end - 1] == '\r';
  if (is_long || end - first > limit || (end > first && text[end - 1] == '\r')) return 0;
  *slot = (winnow_cell){first, end};
  *with_quotes = quotes | (uint64_t)(text[first] == quote) << ((columns - 1) % 64);
  return 1;
}

/* About 1.5 ns a cell without quotes. */
WINNOW_KERNEL(int, winnow_csv_records,
              (uint8_t *text, const uint64_t *structure, winnow_csv_walk *walk,
               winnow_cell *cells),
              (text, structure, walk, cells)) {
  uint32_t places[ROOM + STEP];
  const size_t count = walk->count, columns = walk->columns, stride = walk->stride;
  const size_t limit = walk->limit, fault = walk->fault;
  const uint8_t quote = walk->quote;
  const int is_irregular = walk->is_irregular;
  size_t field_start = walk->field_start, record_start = walk->record_start, row = walk->row;
  size_t column = 0, longest = 0;
  winnow_cell *slot = cells + row;
  size_t word = 0, words = (count + 63) / 64, head = 0, tail = 0;
  if (walk->at > 0) {
    /* Marks before the place to go on at are done. */
    word = walk->at / 64;
    tail = word < words ? flatten(structure, &word, words, places, 0) : 0;
    while (head < tail && places[head] < walk->at) head++;
  }
  for (;;) {
    if (tail - head < columns && word < words && head >= ROOM / 2) {
      memmove(places, places + head, (tail - head) * sizeof *places);
      tail -= head;
      head = 0;
    }
    if (tail - head < columns) tail = flatten(structure, &word, words, places, tail);
    uint64_t quotes = 0;
    while (column == 0 && !is_irregular && tail - head >= columns &&
           whole_record(text, places + head, record_start, walk, slot, &quotes)) {
      for (; quotes; quotes &= quotes - 1)
        for (size_t k = (size_t)__builtin_ctzll(quotes); k < columns; k += 64) {
          const winnow_cell cell = slot[k * stride];
          if (cell.start < cell.end && text[cell.start] == quote)
            slot[k * stride] = quoted(text, cell.start, cell.end, quote, 0);
        }
      head += columns;
      field_start = record_start = places[head - 1] + 1;
      row++;
      slot = cells + row;
    }
    /* A mark by itself: of a record that is not so plain, or longer than there is room for. */
    size_t place;
    if (head < tail) {
      place = places[head++];
    } else {
      if (word < words) {
        head = tail = 0;
        continue;
      }
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
