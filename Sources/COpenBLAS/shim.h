#ifndef WINNOW_COPENBLAS_H
#define WINNOW_COPENBLAS_H

#include <cblas.h>

/* LAPACK's Fortran symbols are inside libopenblas and need only prototypes. */
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void dpotrs_(const char *uplo, const int *n, const int *nrhs, const double *a, const int *lda,
             double *b, const int *ldb, int *info);
void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void dsyev_(const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
            double *work, const int *lwork, int *info);

/* What most builds of OpenBLAS have besides their headers; 0 where this one does not. By weak references, as a program with the
   library inside has no names to look up. */
typedef void (*winnow_openblas_step)(void);

#if defined(__ELF__)
extern int blas_thread_shutdown_(void) __attribute__((weak));
extern void gotoblas_dynamic_quit(void) __attribute__((weak));
extern void gotoblas_dynamic_init(void) __attribute__((weak));
#define WINNOW_OPENBLAS_STEP(NAME) ((winnow_openblas_step)(NAME))
#else
#include <dlfcn.h>
#define WINNOW_OPENBLAS_STEP(NAME) ((winnow_openblas_step)dlsym(RTLD_DEFAULT, #NAME))
#endif

/* Ends the threads that wait for work. */
static inline winnow_openblas_step winnow_openblas_stop_threads(void) {
  return WINNOW_OPENBLAS_STEP(blas_thread_shutdown_);
}

/* Forget which kernels were chosen, and choose them. */
static inline winnow_openblas_step winnow_openblas_forget_core(void) {
  return WINNOW_OPENBLAS_STEP(gotoblas_dynamic_quit);
}
static inline winnow_openblas_step winnow_openblas_choose_core(void) {
  return WINNOW_OPENBLAS_STEP(gotoblas_dynamic_init);
}

#endif
