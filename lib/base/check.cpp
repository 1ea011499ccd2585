#include "base/check.h"

#include <unistd.h>

#include <cstdio>

namespace aml {

void check_failed(const char* condition, const char* file, int line) {
  // The one place where the library writes to stderr itself: the program is wrong and cannot be trusted to report it.
  std::fprintf(stderr, "aml: bug: %s:%d: '%s' does not hold\n", file, line, condition);
  _exit(70);
}

}  // namespace aml
