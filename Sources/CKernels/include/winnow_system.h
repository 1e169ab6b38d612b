#ifndef WINNOW_SYSTEM_H
#define WINNOW_SYSTEM_H

#include <stdint.h>

/* What Linux can do and Swift's module of its C library does not offer. Elsewhere these do nothing. */

/* Has the C library keep free memory up to 32 MB a piece for the next array that is as large: each new page is cleared by the
   system first, which took a twentieth of the time of training. */
void winnow_keep_memory(void);

/* Gives free memory back to the system that the C library keeps between pieces in use. */
void winnow_return_memory(void);

/* Sends bytes of a file on their way to the disk, without waiting for them. */
void winnow_begin_writing(int descriptor, int64_t start, int64_t count);

#endif
