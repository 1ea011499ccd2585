// A reader that tells how many rows went by, for commands whose library call takes no listener.
#pragma once

#include "cli/session.h"
#include "table/reader.h"

namespace aml::amlprep {

class ProgressReader final : public table::Reader {
 public:
  // Both outlive it.
  ProgressReader(table::Reader& reader, cli::Progress& progress) : reader_(reader), progress_(progress) {}

  const table::SchemaPtr& schema() const override { return reader_.schema(); }
  Result<std::optional<table::Batch>> next() override {
    auto batch = reader_.next();
    if (batch.ok() && *batch) progress_.advance_to(rows_ += (*batch)->rows);
    return batch;
  }

 private:
  table::Reader& reader_;
  cli::Progress& progress_;
  uint64_t rows_ = 0;
};

}  // namespace aml::amlprep
