// The body of a scoring request as a batch of rows. JSON comes in the shapes clients send:
//
//   {"island":"Dream","body_mass_g":3750}                one row
//   [{…},{…}]                                            rows
//   {"rows":[{…}]}   {"input_df":[{…}]}                  rows under a name (the second is the 2017 contract)
//   "[{\"island\":…}]"                                   a JSON string that holds any of these (2017 clients)
//
// Every column of the model must be in every row; null is a missing value; other keys are ignored.
#pragma once

#include <string_view>

#include "base/result.h"
#include "table/batch.h"

namespace aml::serve {

inline constexpr size_t kRequestRowsMax = 100'000;

// Errors are bad_data and name row and column: "row 2, column 'body_mass_g': …". Rows are counted from 1.
Result<table::Batch> decode_json(std::string_view body, const table::SchemaPtr& schema);

// CSV with a header, as amlprep writes it.
Result<table::Table> decode_csv(std::string body);

}  // namespace aml::serve
