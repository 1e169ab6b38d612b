#include "winnow_cpu.h"

#include <stdlib.h>
#include <string.h>

static int chosen_path = WINNOW_PORTABLE;

int winnow_path(void) { return chosen_path; }

int winnow_highest_path(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return WINNOW_AVX512;
  if (__builtin_cpu_supports("x86-64-v3")) return WINNOW_AVX2;
  return WINNOW_BASELINE;
#else
  return WINNOW_PORTABLE;
#endif
}

int winnow_path_named(const char *name) {
  static const char *const names[] = {"portable", "baseline", "avx2", "avx512"};
  for (int path = WINNOW_PORTABLE; path <= WINNOW_AVX512; path++)
    if (strcmp(name, names[path]) == 0) return path;
  return -1;
}

/* Before `main`, so that no thread ever sees another path. A name that cannot be followed is refused by the
   program, which can say so. */
__attribute__((constructor)) static void choose_path(void) {
  const char *name = getenv("WINNOW_INSTRUCTIONS");
  const int highest = winnow_highest_path(), named = name ? winnow_path_named(name) : -1;
  chosen_path = named >= 0 && named <= highest ? named : highest;
}
