#ifndef WINNOW_CPU_H
#define WINNOW_CPU_H

/* What the processor can do: 3 = AVX-512 (F, BW, CD, DQ, VL), 2 = AVX2 and FMA, 1 = any other x86-64,
   0 = another kind of processor. */
int winnow_cpu_level(void);

/* Gives free memory back to the system that the C library keeps between pieces in use. */
void winnow_return_memory(void);

#endif
