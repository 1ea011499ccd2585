// libarchive converts names by the character set of the thread's locale: in the C locale a name outside ASCII makes
// it write other bytes. This sets C.UTF-8 for the thread while it lives, and leaves the process's locale alone.
#pragma once

#include <locale.h>

#include "base/check.h"

namespace aml::archive {

class Utf8LocaleScope {
 public:
  Utf8LocaleScope() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    AML_CHECK(locale_ != nullptr);  // built into every glibc since 2.35
    previous_ = uselocale(locale_);
  }
  ~Utf8LocaleScope() {
    uselocale(previous_);
    freelocale(locale_);
  }
  Utf8LocaleScope(const Utf8LocaleScope&) = delete;
  Utf8LocaleScope& operator=(const Utf8LocaleScope&) = delete;

 private:
  locale_t locale_;
  locale_t previous_{};
};

}  // namespace aml::archive
