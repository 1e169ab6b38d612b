#include "winnow_cpu.h"

#if defined(__linux__)
#include <malloc.h>
#endif

void winnow_return_memory(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

int winnow_cpu_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 1;
  const int wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512vl");
  return wide ? 3 : 2;
#else
  return 0;
#endif
}
