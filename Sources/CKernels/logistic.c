#include "winnow_logistic.h"
