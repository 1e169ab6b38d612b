#ifndef WINNOW_BLOCKS_H
#define WINNOW_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#include "winnow_cpu.h"

#endif
