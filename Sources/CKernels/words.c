#include "load64.h"
#include "winnow_cells.h"
#include "winnow_kernel.h"

/* Sixteen bytes of a text: the first eight lowest in the first number. */
typedef uint64_t pair __attribute__((vector_size(16)));

INLINE pair load_pair(const uint8_t *text) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  pair word;
  memcpy(&word, text, sizeof word);
  return word;
#else
  return (pair){load64(text), load64(text + 8)};
#endif
}

/* The bits of words of 0 to 16 bytes: looked up, as a branch on how long a word is would be foretold wrongly again and again. */
#define ALL (~(uint64_t)0)
#define LOW(BYTES) (ALL >> (64 - 8 * (BYTES)))
static const pair word_bits[17] = {
    {0},           {LOW(1)},      {LOW(2)},      {LOW(3)},      {LOW(4)},      {LOW(5)},
    {LOW(6)},      {LOW(7)},      {ALL},         {ALL, LOW(1)}, {ALL, LOW(2)}, {ALL, LOW(3)},
    {ALL, LOW(4)}, {ALL, LOW(5)}, {ALL, LOW(6)}, {ALL, LOW(7)}, {ALL, ALL}};

/* A word of at most 16 bytes, and zeros. */
INLINE pair short_word(const uint8_t *start, size_t count) {
  return load_pair(start) & word_bits[count];
}

/* Hashes are products, whose highest byte depends on all that is in a factor, and the next ones on nearly all: these come to
   be the lowest, by which slots are chosen (Knuth, The art of computer programming 3, 6.4: multiplicative hashing). */

#define FACTOR1 0x9E3779B97F4A7C15u
#define FACTOR2 0xD6E8FEB86659FD93u
#define FACTOR3 0xA0761D6478BD642Fu
#define FACTOR4 0xE7037ED1A0B428DBu

INLINE uint64_t short_hash(pair word) {
  return word[0] * FACTOR1 ^ word[1] * FACTOR2;
}

/* Of more than 16 bytes; up to 32 all at once. */
INLINE uint64_t long_hash(const uint8_t *start, size_t count) {
  const pair last = load_pair(start + count - 16);
  uint64_t hash = last[0] * FACTOR3 ^ last[1] * FACTOR4;
  for (size_t at = 0; at + 16 < count; at += 16) {
    const pair next = load_pair(start + at);
    hash = (hash ^ hash >> 32) + (next[0] * FACTOR1 ^ next[1] * FACTOR2);
  }
  return hash;
}

uint64_t winnow_word_hash(const uint8_t *text, size_t start, size_t count) {
  return count > 16 ? long_hash(text + start, count) : short_hash(short_word(text + start, count));
}

winnow_word winnow_word_of(const uint8_t *text, winnow_cell cell, uint64_t hash) {
  const uint32_t count = cell.end - cell.start;
  if (count > 16) return (winnow_word){{hash, 0}, cell.start, count};
  const pair bytes = short_word(text + cell.start, count);
  return (winnow_word){{bytes[0], bytes[1]}, cell.start, count};
}

INLINE int are_same(pair one, pair other) {
  const pair differing = one ^ other;
  return (differing[0] | differing[1]) == 0;
}

/* Of more than 16 bytes. */
INLINE int same_long_word(const uint8_t *one, const uint8_t *other, size_t count) {
  pair differs = load_pair(one + count - 16) ^ load_pair(other + count - 16);
  for (size_t at = 0; at + 16 < count; at += 16)
    differs |= load_pair(one + at) ^ load_pair(other + at);
  return are_same(differs, (pair){0});
}

/* A table of words, and the text they lie in. */
typedef struct {
  const uint8_t *known;
  const winnow_word *words;
  const uint32_t *slots;
  size_t mask;
  unsigned shift;
} word_table;

/* The code of a word of more than 16 bytes, or 0. Apart from the loop over cells, which has no registers left for it. */
static __attribute__((noinline)) uint32_t long_code(const uint8_t *start, size_t count,
                                                    const word_table *table) {
  const uint64_t hash = long_hash(start, count);
  for (size_t slot = hash >> table->shift & table->mask;; slot = (slot + 1) & table->mask) {
    const uint32_t code = table->slots[slot];
    if (code == 0) return 0;
    const winnow_word *word = table->words + (code - 1);
    if (word->content[0] == hash && word->count == count &&
        same_long_word(table->known + word->start, start, count))
      return code;
  }
}

/* As `winnow_find_words`, into codes of `width` bytes. */
INLINE size_t find_words(const uint8_t *text, const winnow_cell *cells, size_t first, size_t count,
                         const uint8_t *known, const winnow_word *words, const uint32_t *slots,
                         size_t slot_count, unsigned shift, void *codes, size_t width) {
  const word_table table = {known, words, slots, slot_count - 1, shift};
  size_t row = first;
  for (; row < count; row++) {
    const uint8_t *start = text + cells[row].start;
    const size_t length = cells[row].end - cells[row].start;
    uint32_t code = 0;
    if (length > 16) {
      code = long_code(start, length, &table);
      if (code == 0) break;
    } else if (length > 0) {
      const pair bytes = short_word(start, length);
      size_t slot = short_hash(bytes) >> table.shift & table.mask;
      for (;; slot = (slot + 1) & table.mask) {
        code = slots[slot];
        if (code == 0) return row;
        const winnow_word *word = words + ((size_t)code - 1);
        pair content;
        memcpy(&content, word->content, sizeof content);
        if (are_same(content, bytes) && word->count == length) break;
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
                 size_t slot_count, unsigned shift, uint##BITS##_t *codes),                  \
                (text, cells, first, count, known, words, slots, slot_count, shift, codes)) { \
    return find_words(text, cells, first, count, known, words, slots, slot_count, shift,     \
                      codes, sizeof *codes);                                                 \
  }
FIND_WORDS(16)
FIND_WORDS(32)
