#include "sha256.h"

#include <string.h>

#include "winnow_cpu.h"

void winnow_sha256_begin(winnow_sha256 *hash) {
  static const uint32_t state[8] = {0x9b05688c, 0x510e527f, 0xbb67ae85, 0x6a09e667,
                                    0x5be0cd19, 0x1f83d9ab, 0xa54ff53a, 0x3c6ef372};
  memcpy(hash->state, state, sizeof state);
  hash->count = 0;
}

#if defined(__x86_64__)

#include <cpuid.h>

int winnow_sha256_is_native(void) {
  unsigned int eax, ebx, ecx, edx;
  return winnow_path() >= WINNOW_AVX2 && __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) &&
         (ebx & bit_SHA);
}

__attribute__((target(SHA256_FEATURES))) static void add_blocks(winnow_sha256 *hash,
                                                                const uint8_t *bytes,
                                                                size_t blocks) {
  __m128i feba = _mm_loadu_si128((const __m128i *)hash->state);
  __m128i hgdc = _mm_loadu_si128((const __m128i *)(hash->state + 4));
  for (size_t k = 0; k < blocks; k++) sha256_block(&feba, &hgdc, bytes + 64 * k);
  _mm_storeu_si128((__m128i *)hash->state, feba);
  _mm_storeu_si128((__m128i *)(hash->state + 4), hgdc);
}

void winnow_sha256_add(winnow_sha256 *hash, const uint8_t *bytes, size_t count) {
  const size_t held = hash->count % 64;
  hash->count += count;
  if (held > 0) {
    const size_t some = count < 64 - held ? count : 64 - held;
    memcpy(hash->rest + held, bytes, some);
    if (held + some < 64) return;
    add_blocks(hash, hash->rest, 1);
    bytes += some;
    count -= some;
  }
  add_blocks(hash, bytes, count / 64);
  memcpy(hash->rest, bytes + count / 64 * 64, count % 64);
}

void winnow_sha256_finish(winnow_sha256 *hash, uint8_t digest[32]) {
  /* A bit, zeros, and the number of bits in the last eight bytes of a block. */
  const uint64_t bits = hash->count * 8;
  const size_t held = hash->count % 64;
  uint8_t end[128] = {0x80};
  const size_t padding = (held < 56 ? 64 : 128) - held;
  for (int k = 0; k < 8; k++) end[padding - 8 + k] = (uint8_t)(bits >> (56 - 8 * k));
  winnow_sha256_add(hash, end, padding);
  static const uint8_t order[8] = {3, 2, 7, 6, 1, 0, 5, 4};
  for (int k = 0; k < 32; k++)
    digest[k] = (uint8_t)(hash->state[order[k / 4]] >> (24 - 8 * (k % 4)));
}

#else

int winnow_sha256_is_native(void) { return 0; }
void winnow_sha256_add(winnow_sha256 *hash, const uint8_t *bytes, size_t count) {
  (void)hash, (void)bytes, (void)count;
  __builtin_trap();
}
void winnow_sha256_finish(winnow_sha256 *hash, uint8_t digest[32]) {
  (void)hash, (void)digest;
  __builtin_trap();
}

#endif
