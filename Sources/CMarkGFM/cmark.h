// The system's libcmark-gfm and its core extensions (Debian: libcmark-gfm-dev, libcmark-gfm-extensions-dev).
#define CMARK_NO_SHORT_NAMES 1
#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm-core-extensions.h>
