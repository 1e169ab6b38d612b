#ifndef DENSE_GROUP_H
#define DENSE_GROUP_H

/* Eight rows of a dense column, which lie side by side, and four columns of a row, as numbers of 64 bits: named as such,
   since compilers reorder plain loops over eight or four at a loss. */
typedef double eight __attribute__((vector_size(64), aligned(8), may_alias));
typedef float eight_floats __attribute__((vector_size(32), aligned(4), may_alias));
typedef double four __attribute__((vector_size(32), aligned(8), may_alias));

#define EIGHT(PLACE) (*(eight *)(PLACE))
#define FOUR(PLACE) (*(four *)(PLACE))
#define LOAD_EIGHT(PLACE) (*(const eight *)(PLACE))
#define LOAD_FOUR(PLACE) (*(const four *)(PLACE))
#define LOAD_COLUMN_64(PLACE) LOAD_EIGHT(PLACE)
#define LOAD_COLUMN_32(PLACE) __builtin_convertvector(*(const eight_floats *)(PLACE), eight)

#endif
