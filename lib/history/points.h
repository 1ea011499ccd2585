// The points of a run's metrics and its output files, as records.
#pragma once

#include "os/atomic_file.h"
#include "store/outputs.h"
#include "text/fields.h"

namespace aml::history {

struct Points {
  std::vector<text::Fields> records;
  size_t skipped_lines = 0;
};

// Of the metrics named in `keys`, or of all when it is empty; not_found for a key the run has not.
Result<Points> find_points(const store::Store& store, const RunId& id, const std::vector<std::string>& keys);

text::Fields describe(const store::OutputFile& file);

// Copies outputs below `destination`, which is made if need be: all of them, or those in `paths`. A file that is there
// already is a conflict unless `overwrite`.
Result<size_t> copy_outputs(const store::Store& store, const RunId& id, const std::vector<std::string>& paths,
                            const Path& destination, os::Overwrite overwrite);

// The bytes of one output.
Status write_output(const store::Store& store, const RunId& id, const std::string& path, Sink& sink);

}  // namespace aml::history
