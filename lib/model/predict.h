// Predicts a whole table: reads, scores and writes batch by batch, in bounded memory.
#pragma once

#include <cstdint>
#include <vector>

#include "base/sink.h"
#include "model/score.h"
#include "table/reader.h"
#include "table/writer.h"

namespace aml::model {

enum class Columns : uint8_t {
  all,          // those of the input, then the predictions
  predictions,  // the predictions alone
};

struct PredictReport {
  uint64_t rows = 0;
  std::vector<Unconverted> unconverted;  // by column of the scorer's input_schema()
};

// A column of the input that has the name of a prediction is an error: it would stand there twice.
Result<PredictReport> predict_table(table::Reader& reader, const BatchScorer& scorer, Columns columns, Sink& out,
                                    const table::WriteOptions& options);

}  // namespace aml::model
