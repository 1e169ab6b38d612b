#ifndef WINNOW_LOGISTIC_H
#define WINNOW_LOGISTIC_H

#endif
