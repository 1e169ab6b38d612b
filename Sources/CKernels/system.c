#if defined(__linux__)
#define _GNU_SOURCE
#include <fcntl.h>
#include <malloc.h>
#endif

#include "winnow_system.h"

void winnow_keep_memory(void) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
#endif
}

void winnow_return_memory(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

void winnow_begin_writing(int descriptor, int64_t start, int64_t count) {
#if defined(__linux__)
  sync_file_range(descriptor, start, count, SYNC_FILE_RANGE_WRITE);
#else
  (void)descriptor, (void)start, (void)count;
#endif
}
