#ifndef WINNOW_CELLS_H
#define WINNOW_CELLS_H

#include <stddef.h>
#include <stdint.h>

/* Where a cell lies in a text, without its quotes. */
typedef struct {
  uint32_t start;
  uint32_t end;
} winnow_cell;

/* Why a walk over records stopped. */
enum {
  WINNOW_RECORDS_OVER = 0,   /* the text is over */
  WINNOW_RECORD_FAULTY = 1,  /* a record holds the place `fault` */
  WINNOW_RECORD_FIELDS = 2,  /* a record has `fields` fields, not `columns` */
  WINNOW_RECORD_LONG = 3     /* a record has a cell of `longest` bytes, more than `limit` */
};

/* A walk over the records of a text. */
typedef struct {
  /* The bytes of the text. */
  size_t count;
  /* The fields that a record should have, and the rows that a column has room for. */
  size_t columns, stride;
  size_t limit;
  uint8_t quote;
  /* Whether blanks may stand around quotes. */
  uint8_t is_irregular;
  /* The next place at which the text is faulty; SIZE_MAX for none. */
  size_t fault;

  /* The state: where to go on, where the field and the record there begin, and the good records so far. */
  size_t at, field_start, record_start, row;

  /* The record at which the walk stopped: where it begins and ends. */
  size_t start, end;
  size_t fields, longest;
} winnow_csv_walk;

/* Finds the cells of records: cell (row, column) goes to cells[column * stride + row].

   text       readable for 128 bytes past the walk's count; doubled quotes in cells are made single in it
   structure  its separators and line ends, as winnow_csv_scan marks them; so are line_ends and quoting, of which those
              that the structure or the text no longer has do not matter, nor any where blanks may stand around quotes
   is_read    for each column whether its cells are read: others keep their quotes
   Gives why it stopped; a record at which it stopped is no row, and the next call goes on behind it. Lines of
   blanks are no records where there are several columns. */
int winnow_csv_records(uint8_t *text, const uint64_t *structure, const uint64_t *line_ends,
                       const uint64_t *quoting, const _Bool *is_read, winnow_csv_walk *walk,
                       winnow_cell *cells);

/* What numbers say of their column, as bits. */
enum {
  WINNOW_NUMBER_SAME = 1,         /* the same with a decimal point and a decimal comma */
  WINNOW_NUMBER_AMBIGUOUS = 2,    /* another one with a point than with a comma */
  WINNOW_NUMBER_MANY = 16,        /* other than 0 and 1 */
  WINNOW_NUMBER_NOT_PERCENT = 64  /* other than 0, and no percentage */
};

/* Reads numbers of up to 16 characters that are only digits, a minus and one decimal mark.

   text       readable for 16 bytes past each cell
   first      the cell to begin with
   mark       the byte of the decimal mark
   mark_only  what a number says that is one only with this mark
   stop_at    what a number must not say
   values     the numbers; NaN for empty cells
   evidence   what numbers say is added to it
   Gives the first cell that is anything else, or count. */
size_t winnow_read_numbers(const uint8_t *text, const winnow_cell *cells, size_t first, size_t count,
                           uint8_t mark, uint32_t mark_only, uint32_t stop_at, double *values,
                           uint32_t *evidence);

/* Reads dates written 2025-12-31 (or 2025-12-31 23:59:59) or 31.12.2025, as days since 1970-01-01.

   text     readable for 24 bytes past each cell
   values   the days; NaN for empty cells
   iso      set to 1 where there is one of the first kind
   dotted   set to 1 where there is one of the second
   Gives the first cell that is anything else, or count. */
size_t winnow_read_dates(const uint8_t *text, const winnow_cell *cells, size_t first, size_t count,
                         double *values, uint8_t *iso, uint8_t *dotted);

/* A different word of a table: the word's bytes and zeros if it has at most 16, or its hash and 0. */
typedef struct {
  uint64_t content[2];
  uint32_t start, count;
} winnow_word;

/* The hash of a word; the text is readable for 16 bytes past the word. */
uint64_t winnow_word_hash(const uint8_t *text, size_t start, size_t count);

/* A word of a table, with its hash; readable as above. */
winnow_word winnow_word_of(const uint8_t *text, winnow_cell cell, uint64_t hash);

/* Finds words in an open-addressed table.

   cells    one with blanks at its ends is no word of the table, whose words have none
   first    the cell to begin with
   known    the text in which the table's words lie; both it and the cells' are readable for 16 bytes past each
   words    the different words
   slots    the number of a word plus 1, or 0, from the slot on that its hash chooses by its bits from `shift` on; slot_count is a
            power of two
   codes    the number of each cell's word plus 1, which they can hold; 0 for empty cells
   Gives the first cell whose word is not in the table, or count. */
size_t winnow_find_words_16(const uint8_t *text, const winnow_cell *cells, size_t first,
                            size_t count, const uint8_t *known, const winnow_word *words,
                            const uint32_t *slots, size_t slot_count, unsigned shift,
                            uint16_t *codes);
size_t winnow_find_words_32(const uint8_t *text, const winnow_cell *cells, size_t first,
                            size_t count, const uint8_t *known, const winnow_word *words,
                            const uint32_t *slots, size_t slot_count, unsigned shift,
                            uint32_t *codes);

#endif
