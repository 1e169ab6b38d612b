#ifndef CHUNK64_H
#define CHUNK64_H

#include "load64.h"

/* 64 bytes of text, which the compiler keeps in as many registers as they take. */
typedef uint8_t chunk64 __attribute__((vector_size(64)));
typedef _Bool bits64 __attribute__((ext_vector_type(64)));

/* A bit for each byte of a chunk for which a comparison holds. */
#define WHERE(COMPARISON)                                              \
  ({                                                                   \
    const bits64 bits_ = __builtin_convertvector((COMPARISON), bits64); \
    uint64_t mask_;                                                    \
    memcpy(&mask_, &bits_, sizeof mask_);                              \
    mask_;                                                             \
  })

#endif
