#ifndef WINNOW_CKERNELS_H
#define WINNOW_CKERNELS_H

/* One header a subject. */
#include "winnow_sha256.h"
#include "winnow_csv.h"
#include "winnow_dense.h"
#include "winnow_cells.h"
#include "winnow_blocks.h"
#include "winnow_columns.h"
#include "winnow_hashes.h"
#include "winnow_logistic.h"
#include "winnow_numbers.h"
#include "winnow_eights.h"
#include "winnow_bootstrap.h"
#include "winnow_reasons.h"
#include "winnow_shares.h"
#include "winnow_cpu.h"
#include "winnow_system.h"

#endif
