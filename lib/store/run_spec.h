// spec.json: what was asked for. Written once, before anything happens, and never changed.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "base/time.h"
#include "text/json.h"

namespace aml::store {

struct InputRecord {
  std::string name;  // the role of the file: "train", "validation", or its file name
  std::string path;  // absolute
  Digest digest;
  uint64_t bytes = 0;
  std::optional<uint64_t> rows = {};
  bool operator==(const InputRecord&) const = default;
};

struct GitRecord {
  std::string commit;
  std::string branch = {};
  std::string remote = {};  // without credentials
  bool is_dirty = false;
  bool operator==(const GitRecord&) const = default;
};

using Param = std::pair<std::string, std::string>;

struct RunSpec {
  RunId id;
  Instant created;
  std::string name = {};
  std::string kind = "submit";         // "submit", "train", …
  std::vector<std::string> argv = {};  // of the payload
  std::string cwd = {};                // relative to the root of the snapshot; "" is the root
  std::vector<Param> params = {};      // in the order given
  std::vector<InputRecord> inputs = {};
  std::optional<Digest> snapshot = {};  // of the uncompressed tar
  std::optional<GitRecord> git = {};
  std::string target = "local";
  std::optional<Digest> environment = {};  // of env.lock
  std::optional<uint64_t> seed = {};
  unsigned threads = 0;  // 0: not stated
  std::optional<int64_t> timeout_ns = {};
  std::string user = {};
  std::string host = {};
  std::string machine_id = {};
  std::string boot_id = {};
  std::optional<RunId> parent = {};
  std::optional<text::Json> sweep_row = {};
  std::string tool = {};  // "amlrun"
  std::string version = {};
  std::vector<std::string> command_line = {};  // as the user typed it, tool included
};

text::Json to_json(const RunSpec& spec);
Result<RunSpec> parse_run_spec(std::string_view json_text, std::string_view name);

}  // namespace aml::store
