#ifndef SHA256_H
#define SHA256_H

#include "winnow_kernel.h"
#include "winnow_sha256.h"

#if defined(__x86_64__)

#include <immintrin.h>

/* Not with AVX2: between its instructions and these, which are older, a processor may wait a hundred times as long as both
   take. */
#define SHA256_FEATURES "sha,sse4.2,bmi,bmi2,lzcnt,movbe,popcnt"
#define SHA256_INLINE static inline __attribute__((always_inline, target(SHA256_FEATURES)))

static const uint32_t sha256_constants[64] __attribute__((aligned(64))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* One block of 64 bytes: four rounds a turn, for which the words of later turns are made meanwhile. */
SHA256_INLINE void sha256_block(__m128i *feba, __m128i *hgdc, const uint8_t *text) {
  const __m128i swapped = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i first = *feba, second = *hgdc, words[4];
#pragma clang loop unroll(full)
  for (int k = 0; k < 4; k++)
    words[k] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(text + 16 * k)), swapped);
#pragma clang loop unroll(full)
  for (int turn = 0; turn < 16; turn++) {
    const __m128i own = words[turn % 4];
    const __m128i sum =
        _mm_add_epi32(own, _mm_load_si128((const __m128i *)(sha256_constants + 4 * turn)));
    second = _mm_sha256rnds2_epu32(second, first, sum);
    first = _mm_sha256rnds2_epu32(first, second, _mm_shuffle_epi32(sum, 0x0e));
    if (turn < 12) {
      const __m128i third = words[(turn + 2) % 4], last = words[(turn + 3) % 4];
      const __m128i next = _mm_sha256msg1_epu32(own, words[(turn + 1) % 4]);
      words[turn % 4] =
          _mm_sha256msg2_epu32(_mm_add_epi32(next, _mm_alignr_epi8(last, third, 4)), last);
    }
  }
  *feba = _mm_add_epi32(*feba, first);
  *hgdc = _mm_add_epi32(*hgdc, second);
}

#endif

#endif
