// From what a user asks for to a run that can be started. This is how a command runs something tracked; `amlrun
// submit` and `amlrun train` differ in the payload only:
//
//   auto place   = TRY(run::open_place(settings.store_dir, directory));
//   auto options = TRY(run::prepare(place, request, clock));        // snapshot, digests of inputs, host facts
//   auto handle  = TRY(run::start(place.store, options, clock));    // recorder.h
//   auto end     = TRY(run::follow(place.store, handle.id, {…}));   // follow.h; not when detached
//
// A payload of our own is the same binary with a hidden command: argv = {"/proc/self/exe" resolved, "train-payload",
// …}. It finds its parameters in $AML_PARAMS (a JSON object of texts), appends to $AML_METRICS and writes its results
// below $AML_OUTPUTS. Its working directory is a fresh checkout, so paths of inputs in argv must be absolute.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "project/snapshot.h"
#include "run/recorder.h"

namespace aml::run {

struct Place {
  project::Project project;
  store::Store store;
  Path directory;             // where the user stands, absolute
  bool is_new_store = false;  // worth a note
};

// The project around `directory` and its store: the one given, else the nearest, else a new one at the project's root.
Result<Place> open_place(const std::optional<Path>& store_dir, const Path& directory);

struct InputFile {
  std::string name;  // the role it plays: "train"; empty: its file name
  Path path;
  std::optional<uint64_t> rows = {};
};

InputFile parse_input(const std::string& text);  // "NAME=FILE", or "FILE" alone, which may hold '='

struct Request {
  std::string kind = "submit";
  std::string name = {};
  std::vector<std::string> argv;
  std::vector<store::Param> params = {};
  store::Tags tags = {};
  std::vector<InputFile> inputs = {};
  std::optional<uint64_t> seed = {};
  unsigned threads = 0;
  std::optional<int64_t> timeout_ns = {};
  std::optional<RunId> parent = {};
  enum class Snapshot : uint8_t { take, none } snapshot = Snapshot::take;
  project::SnapshotOptions snapshot_options = {};
  std::vector<std::string> environment = {};  // of the caller, "NAME=value"
  std::string tool = {};
  std::string version = {};
  std::vector<std::string> command_line = {};
};

struct Prepared {
  StartOptions start;
  std::vector<std::string> warnings = {};  // "left out of the snapshot: socket 'x'"
};

// Takes the snapshot, digests the inputs and refuses secrets on the command line.
Result<Prepared> prepare(const Place& place, const Request& request, const Clock& clock);

}  // namespace aml::run
