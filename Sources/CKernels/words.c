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

INLINE void short_key(const uint8_t *start, size_t count, uint64_t *first, uint64_t *second) {
  *first = load64(start);
  if (count >= 8) {
    *second = load64(start + count - 8);
  } else {
    *first &= (1ull << (8 * count)) - 1;
    *second = 0;
  }
}

INLINE uint64_t short_hash(uint64_t first, uint64_t second, size_t count) {
  return finish((first ^ count) * FACTOR1 ^ second * FACTOR2);
}

INLINE uint64_t long_hash(const uint8_t *start, size_t count) {
  uint64_t hash = count * FACTOR1;
  const uint8_t *at = start, *last = start + count - 8;
  for (; at < last; at += 8) {
    hash = (hash ^ load64(at)) * FACTOR2;
    hash ^= hash >> 29;
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

INLINE int same_long_word(const uint8_t *one, const uint8_t *other, size_t count) {
  for (size_t at = 0; at + 8 <= count; at += 8)
    if (load64(one + at) != load64(other + at)) return 0;
  return load64(one + count - 8) == load64(other + count - 8);
}

WINNOW_KERNEL(size_t, winnow_find_words,
              (const uint8_t *text, const winnow_cell *cells, size_t first, size_t count,
               const uint8_t *known, const winnow_word *words, const uint64_t *slots,
               size_t slot_count, uint32_t *codes),
              (text, cells, first, count, known, words, slots, slot_count, codes)) {
  const size_t mask = slot_count - 1;
  size_t row = first;
  for (; row < count; row++) {
    const uint8_t *start = text + cells[row].start;
    const size_t length = cells[row].end - cells[row].start;
    if (length == 0) {
      codes[row] = 0;
      continue;
    }
    const uint8_t head = *start, tail = start[length - 1];
    if (head <= ' ' || tail <= ' ' || head == 0xC2 || tail == 0xA0) break;
    uint64_t one, two = 0, hash;
    if (length <= 16) {
      short_key(start, length, &one, &two);
      hash = short_hash(one, two, length);
    } else {
      one = hash = long_hash(start, length);
    }
    size_t slot = hash & mask;
    uint32_t code = 0;
    for (;;) {
      const uint64_t entry = slots[slot];
      if (entry == 0) break;
      if (entry >> 32 == hash >> 32) {
        const winnow_word *word = words + ((uint32_t)entry - 1);
        if (word->first == one && word->second == two && word->count == length &&
            (length <= 16 || same_long_word(known + word->start, start, length))) {
          code = (uint32_t)entry;
          break;
        }
      }
      slot = (slot + 1) & mask;
    }
    if (code == 0) break;
    codes[row] = code;
  }
  return row;
}
