#ifndef WINNOW_CSV_PORTABLE_H
#define WINNOW_CSV_PORTABLE_H

#include "winnow_csv.h"

/* csv.c without the instructions of x86-64, where the processor has them: see csv_portable.c. */
#if defined(__SSE2__)
#define WINNOW_HAS_CSV_PORTABLE
void winnow_csv_scan_portable(const uint8_t *bytes, size_t count, uint8_t separator, uint8_t quote,
                              uint64_t *structure, winnow_csv_findings *findings);
size_t winnow_csv_lines_portable(const uint8_t *bytes, size_t count);
#endif

#endif
