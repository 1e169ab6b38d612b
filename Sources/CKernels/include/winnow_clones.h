#ifndef WINNOW_CLONES_H
#define WINNOW_CLONES_H

/* A function marked so is compiled for three levels of x86-64, and the loader picks one. */
#if defined(__x86_64__) && defined(__linux__)
#define WINNOW_CLONES \
  __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define WINNOW_CLONES
#endif

#endif
