#ifndef WINNOW_SHA256_H
#define WINNOW_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4) of bytes that come piece by piece, where the processor has instructions for it.

   Elsewhere a library is as fast. Here each of its instructions waits for the one before, so that three quarters of what
   the processor could do meanwhile is left to other work: `winnow_csv_scan_hashing` does it. */
typedef struct {
  /* The state in the order of the instructions: F E B A, H G D C. */
  uint32_t state[8];
  /* The bytes so far, and those of them that fill no block yet. */
  uint64_t count;
  uint8_t rest[64];
} winnow_sha256;

/* Whether the processor has the instructions, and the program's path lets it use them. */
int winnow_sha256_is_native(void);

void winnow_sha256_begin(winnow_sha256 *hash);

/* These two may be called only where it is native. */
void winnow_sha256_add(winnow_sha256 *hash, const uint8_t *bytes, size_t count);
void winnow_sha256_finish(winnow_sha256 *hash, uint8_t digest[32]);

#endif
