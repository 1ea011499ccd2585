// Samples in which every group of rows has its share: the stages of `sample` with `by`. Rows stay in their order, and
// the choice is a function of the seed and the rows alone, not of how they were batched.
#pragma once

#include <vector>

#include "prep/row_key.h"
#include "prep/stage.h"

namespace aml::prep {

// Of each group every k-th row, from a start drawn by chance: streams, and is within one row of the share.
StagePtr start_stratified_percent(std::vector<KeyPart> by, double percent, uint64_t seed, const Resources& resources);

// `rows` in all, shared out by the size of the groups (largest remainders first). Holds up to `rows` of each group.
StagePtr start_stratified_rows(const table::SchemaPtr& schema, std::vector<KeyPart> by, uint64_t rows, uint64_t seed,
                               const Resources& resources);

}  // namespace aml::prep
