// The smallest plugin: it offers its description and opens nothing. Built once as it should be and once of a version
// from the future.
#include <cstdio>

#include "plugin/aml_table_plugin.h"

namespace {

int open(const aml_table_source* source, ArrowArrayStream*, aml_error error) {
  std::snprintf(error.text, error.size, "%s is none of mine", source->name);
  return 1;
}

constexpr aml_table_plugin kPlugin = {FIXTURE_VERSION, "fixture", "for tests", open,
                                      nullptr,         nullptr,   nullptr,     nullptr};

}  // namespace

extern "C" __attribute__((visibility("default"))) const struct aml_table_plugin* aml_table_plugin_v1() {
  return &kPlugin;
}
