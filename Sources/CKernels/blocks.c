#include "winnow_blocks.h"
