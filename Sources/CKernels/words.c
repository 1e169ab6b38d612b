#include "load64.h"
#include "winnow_cells.h"
#include "winnow_kernel.h"

/* Hashes multiply and shift 8 bytes at a time. */

#define FACTOR1 0x9E3779B97F4A7C15u
#define FACTOR2 0xD6E8FEB86659FD93u

INLINE uint64_t finish(uint64_t hash) {
  hash = (hash ^ hash >> 32) * FACTOR2;
  return hash ^ hash >> 29;
}

/* The bits of the first and the last 8 bytes that words of up to 16 bytes have, and how far the last ones are in: looked up,
   as a branch on how long a word is would be foretold wrongly again and again. */
#define ALL (~(uint64_t)0)
#define LOW(BYTES) (ALL >> (64 - 8 * (BYTES)))
static const uint64_t first_bits[17] = {0,      LOW(1), LOW(2), LOW(3), LOW(4), LOW(5),
                                        LOW(6), LOW(7), ALL,    ALL,    ALL,    ALL,
                                        ALL,    ALL,    ALL,    ALL,    ALL};
static const uint64_t last_bits[17] = {0,   0,   0,   0,   0,   0,   0,   0,  ALL,
                                       ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL};
static const uint8_t last_place[17] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};

/* Of at most 16 bytes. */
INLINE void short_key(const uint8_t *start, size_t count, uint64_t *first, uint64_t *second) {
  *first = load64(start) & first_bits[count];
  *second = load64(start + last_place[count]) & last_bits[count];
}

INLINE uint64_t short_hash(uint64_t first, uint64_t second, size_t count) {
  return finish((first ^ count) * FACTOR1 ^ second * FACTOR2);
}

/* Of more than 16 bytes; up to 32 all at once. */
INLINE uint64_t long_hash(const uint8_t *start, size_t count) {
  uint64_t hash = (load64(start) ^ count) * FACTOR1;
  const uint8_t *last = start + count - 8;
  if (count <= 32) {
    hash = (hash ^ hash >> 29) + load64(start + 8) * FACTOR2;
    hash ^= load64(last - 8) * FACTOR1;
    hash ^= hash >> 29;
  } else {
    for (const uint8_t *at = start + 8; at < last; at += 8) {
      hash = (hash ^ load64(at)) * FACTOR2;
      hash ^= hash >> 29;
    }
  }
  return finish((hash ^ load64(last)) * FACTOR1);
}

uint64_t winnow_word_hash(const uint8_t *text, size_t start, size_t count) {
  if (count > 16) return long_hash(text + start, count);
  uint64_t first, second;
  short_key(text + start, count, &first, &second);
  return short_hash(first, second, count);
}

winnow_word winnow_word_of(const uint8_t *text, winnow_cell cell, uint64_t hash) {
  const uint32_t count = cell.end - cell.start;
  winnow_word word = {hash, 0, cell.start, count};
  if (count <= 16) short_key(text + cell.start, count, &word.first, &word.second);
  return word;
}

/* Of more than 16 bytes. */
INLINE int same_long_word(const uint8_t *one, const uint8_t *other, size_t count) {
  uint64_t differs = (load64(one) ^ load64(other)) | (load64(one + 8) ^ load64(other + 8)) |
                     (load64(one + count - 16) ^ load64(other + count - 16)) |
                     (load64(one + count - 8) ^ load64(other + count - 8));
  for (size_t at = 16; at + 16 < count; at += 8) differs |= load64(one + at) ^ load64(other + at);
  return differs == 0;
}

/* A table of words, and the text they lie in. */
typedef struct {
  const uint8_t *known;
  const winnow_word *words;
  const uint32_t *slots;
  size_t mask;
} word_table;

/* The code of a word of more than 16 bytes, or 0. Apart from the loop over cells, which has no registers left for it. */
static __attribute__((noinline)) uint32_t long_code(const uint8_t *start, size_t count,
                                                    const word_table *table) {
  const uint64_t hash = long_hash(start, count);
  for (size_t slot = hash & table->mask;; slot = (slot + 1) & table->mask) {
    const uint32_t code = table->slots[slot];
    if (code == 0) return 0;
    const winnow_word *word = table->words + (code - 1);
    if (word->first == hash && word->count == count &&
        same_long_word(table->known + word->start, start, count))
      return code;
  }
}

/* As `winnow_find_words`, into codes of `width` bytes. */
INLINE size_t find_words(const uint8_t *text, const winnow_cell *cells, size_t first, size_t count,
                         const uint8_t *known, const winnow_word *words, const uint32_t *slots,
                         size_t slot_count, void *codes, size_t width) {
  const word_table table = {known, words, slots, slot_count - 1};
  size_t row = first;
  for (; row < count; row++) {
    const uint8_t *start = text + cells[row].start;
    const size_t length = cells[row].end - cells[row].start;
    uint32_t code = 0;
    if (length > 16) {
      code = long_code(start, length, &table);
      if (code == 0) break;
    } else if (length > 0) {
      uint64_t one, two;
      short_key(start, length, &one, &two);
      size_t slot = short_hash(one, two, length) & table.mask;
      for (;; slot = (slot + 1) & table.mask) {
        code = slots[slot];
        if (code == 0) return row;
        const winnow_word *word = words + (code - 1);
        if (((word->first ^ one) | (word->second ^ two) | (word->count ^ length)) == 0) break;
      }
    }
    if (width == sizeof(uint16_t))
      ((uint16_t *)codes)[row] = (uint16_t)code;
    else
      ((uint32_t *)codes)[row] = code;
  }
  return row;
}

#define FIND_WORDS(BITS)                                                                     \
  WINNOW_KERNEL(size_t, winnow_find_words_##BITS,                                            \
                (const uint8_t *text, const winnow_cell *cells, size_t first, size_t count,  \
                 const uint8_t *known, const winnow_word *words, const uint32_t *slots,      \
                 size_t slot_count, uint##BITS##_t *codes),                                  \
                (text, cells, first, count, known, words, slots, slot_count, codes)) {       \
    return find_words(text, cells, first, count, known, words, slots, slot_count, codes,     \
                      sizeof *codes);                                                        \
  }
FIND_WORDS(16)
FIND_WORDS(32)
