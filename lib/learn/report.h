// An evaluation for people and programs: one record of its metrics, and the confusion matrix as a table of text.
#pragma once

#include <string>
#include <vector>

#include "learn/metrics.h"
#include "text/fields.h"

namespace aml::learn {

// The members of to_json(evaluation) in their order; people see numbers to six digits and the reason where there is
// none.
text::Fields describe(const Evaluation& evaluation);

// Lines of a table, true classes down, predicted ones across; none for a regression.
std::vector<std::string> format_confusion(const Evaluation& evaluation);

}  // namespace aml::learn
