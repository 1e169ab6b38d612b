#include "winnow_csv.h"
