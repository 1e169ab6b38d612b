#ifndef WINNOW_REASONS_H
#define WINNOW_REASONS_H

#include <stddef.h>
#include <stdint.h>

/* The strongest shares of `rows` leads, of which one more term is looked at.

   shares   the term's share of each lead; against the average lead it is shares[i] - average
   kept     `most` lists of `rows` shares each, in kept[j * rows + i] the one of rank j: falling in size,
            0 where there is none
   terms    the term of each

   Among shares of the same size the one that was looked at first comes first; 0 is never kept. */
void winnow_strongest_shares(const double *shares, size_t rows, double average, int64_t term,
                             size_t most, double *kept, int64_t *terms);

#endif
