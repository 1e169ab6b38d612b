#ifndef WINNOW_CZLIB_H
#define WINNOW_CZLIB_H

#include <zlib.h>

/* inflateInit2 is a macro, which Swift cannot call. */
static inline int winnow_inflate_init_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 32); }

#endif
