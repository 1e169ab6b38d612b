#ifndef WINNOW_CSV_H
#define WINNOW_CSV_H

#endif
