// Rows from a reader through a pipeline into a writer, on one thread or two. The rows written do not depend on which.
#pragma once

#include <functional>

#include "prep/pipeline.h"
#include "table/reader.h"
#include "table/writer.h"

namespace aml::prep {

struct StreamCounts {
  uint64_t rows_read = 0;
  uint64_t rows_written = 0;
};

// With two threads, one reads and the other takes the steps and writes; when all is read, the first one writes what
// the steps that held rows back now let go. `on_batch` is called by the calling thread.
Result<StreamCounts> run_pipeline(table::Reader& reader, Pipeline& pipeline, table::Writer& writer, unsigned threads,
                                  const std::function<void(const StreamCounts&)>& on_batch);

}  // namespace aml::prep
