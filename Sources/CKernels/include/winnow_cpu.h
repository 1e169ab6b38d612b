#ifndef WINNOW_CPU_H
#define WINNOW_CPU_H

/* The paths that kernels can take, each of which needs a processor that can do it. */
enum {
  /* C as any processor runs it: the only path where the processor is no x86-64. */
  WINNOW_PORTABLE = 0,
  /* What every x86-64 has: SSE2. */
  WINNOW_BASELINE = 1,
  /* x86-64-v3: AVX2 and FMA. */
  WINNOW_AVX2 = 2,
  /* x86-64-v4: AVX-512 (F, BW, CD, DQ, VL). */
  WINNOW_AVX512 = 3
};

/* The highest path that the processor can take. */
int winnow_highest_path(void);

/* The path that a name means (portable, baseline, avx2, avx512), or -1. */
int winnow_path_named(const char *name);

/* The path that kernels take, settled before the program's first line: the one that the environment names in
   WINNOW_INSTRUCTIONS, or the highest where it names none that the processor has. */
int winnow_path(void);

#endif
