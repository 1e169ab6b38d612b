#ifndef WINNOW_BLOCKS_H
#define WINNOW_BLOCKS_H

#endif
