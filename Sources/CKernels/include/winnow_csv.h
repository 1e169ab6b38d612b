#ifndef WINNOW_CSV_H
#define WINNOW_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "winnow_sha256.h"

/* What winnow_csv_scan found besides the structure. */
typedef struct {
  /* Not 0 where a quote opens inside a field, or text follows a closing quote: the masks are then not to be
     trusted, and the caller must go byte by byte. */
  uint64_t irregular;
  /* Not 0 where a byte is 0x80 or more. */
  uint64_t high;
  /* Not 0 where there is a quote. */
  uint64_t quoted;
  /* Not 0 where the text ends inside quotes. */
  uint64_t inside;
  /* The physical lines, as winnow_csv_lines counts them. */
  uint64_t lines;
  /* The bytes before the first one that is not UTF-8; only of `winnow_csv_scan_hashing`. */
  uint64_t valid;
} winnow_csv_findings;

/* Marks, a bit a byte, what gives a text that begins a record its shape; each of the masks has room for count / 64 + 1 words.

   bytes        the text, readable for 128 bytes past count
   structure    the separators and line ends outside quotes
   line_ends    those of them that are line ends
   quoting      the quotes
   A line ends in LF, CR LF, CR CR LF (marked at the LF) or a CR alone. */
void winnow_csv_scan(const uint8_t *bytes, size_t count, uint8_t separator, uint8_t quote,
                     uint64_t *structure, uint64_t *line_ends, uint64_t *quoting,
                     winnow_csv_findings *findings);

/* The same, while the text is checked to be UTF-8 and its bytes from one on are added to a hash: all together take hardly more
   time than the last. Only where the hash is native. */
void winnow_csv_scan_hashing(const uint8_t *bytes, size_t count, uint8_t separator, uint8_t quote,
                             uint64_t *structure, uint64_t *line_ends, uint64_t *quoting,
                             winnow_csv_findings *findings, winnow_sha256 *hash, size_t from);

/* The physical lines that end in the text: LFs, and CRs that belong to no LF. Readable as above. */
size_t winnow_csv_lines(const uint8_t *bytes, size_t count);

/* Whether all bytes are letters A to Z, in either case, or digits. */
int winnow_are_alphanumeric(const uint8_t *bytes, size_t count);

/* Whether a text is UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). */
int winnow_is_utf8(const uint8_t *bytes, size_t count);

#endif
