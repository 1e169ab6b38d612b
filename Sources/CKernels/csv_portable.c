/* The scan as processors of other kinds run it, compiled for this one too: so it can be asked for and tested. */
#include "winnow_csv_portable.h"

#if defined(WINNOW_HAS_CSV_PORTABLE)
#undef __SSE2__
#define winnow_csv_scan winnow_csv_scan_portable
#define winnow_csv_lines winnow_csv_lines_portable
#include "csv.c"
#endif
