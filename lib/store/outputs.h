// outputs.mf: the files a run left in outputs/, sorted bytewise. Their content is in the blob store; the files in
// outputs/ are hard links to it.
//
//   mode TAB size TAB sha256 TAB path LF        mode: 100644 or 100755; 120000 for a link, its text being the content
#pragma once

#include <vector>

#include "store/blobs.h"
#include "store/run_result.h"
#include "store/store.h"

namespace aml::store {

struct OutputFile {
  std::string path;  // relative, with '/'
  Digest digest;
  uint64_t size = 0;
  uint32_t mode = 0100644;
  bool operator==(const OutputFile&) const = default;
};

std::string format_outputs(const std::vector<OutputFile>& files);
Result<std::vector<OutputFile>> parse_outputs(std::string_view bytes, std::string_view name);

// Of a finished run: the manifest. Of another: what lies in outputs/ now, without digests.
Result<std::vector<OutputFile>> list_outputs(const Store& store, const RunId& id);

// Where the content of one output lies; not_found names the nearest outputs.
Result<Path> find_output(const Store& store, const RunId& id, std::string_view path);

struct CollectedOutputs {
  OutputsRecord record;
  size_t skipped_entries = 0;  // pipes, sockets and devices
};
// Puts outputs/ into the blob store, writes outputs.mf, and makes the files hard links to their blobs. The files are
// copied first: a process that still writes to one then writes to the old file, not into the store. May be repeated.
Result<CollectedOutputs> collect_outputs(const Store& store, const RunFolder& folder);

}  // namespace aml::store
