// Runs as records for people and programs.
#pragma once

#include "store/run_record.h"
#include "text/fields.h"

namespace aml::history {

// A line of a list: id, state, age, duration, name, params and metrics in short.
text::Fields describe(const store::RunSummary& run, Instant now);

// Everything, for `show`.
text::Fields describe_fully(const store::RunSummary& run, Instant now);

}  // namespace aml::history
