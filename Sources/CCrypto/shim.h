#ifndef WINNOW_CCRYPTO_H
#define WINNOW_CCRYPTO_H

#include <openssl/evp.h>

#endif
