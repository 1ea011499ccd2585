// A value handed to an SQL statement: never pasted into its text.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace aml::store {
using SqlValue = std::variant<int64_t, double, std::string>;
}
