// AML_CHECK(condition): broken code, not bad input. Prints the place on stderr and exits with 70, as aml(7) says
// of bugs. It stays on in release builds; hot loops check sizes once before they start.
#pragma once

namespace aml {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}

#define AML_CHECK(condition) ((condition) ? static_cast<void>(0) : ::aml::check_failed(#condition, __FILE__, __LINE__))
