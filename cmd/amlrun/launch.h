// What the commands that start runs have in common: flags, the start itself, and watching until the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"
#include "cli/spec.h"
#include "run/prepare.h"
#include "store/run_record.h"

namespace aml::amlrun {

class LaunchFlags {
 public:
  void add_to(std::vector<cli::Flag>& flags);

  // Everything but kind and argv: names, parameters, inputs, seed, environment and provenance.
  Result<run::Request> request(const cli::Session& session) const;

  bool is_detached() const { return is_detached_; }
  Status check_id_targets() const;               // before anything starts
  Status announce(const std::string& id) const;  // to --id-fd and --id-file
  run::KeepWork keep_work() const;

 private:
  std::string name_;
  std::vector<std::string> params_;
  std::vector<std::string> tags_;
  std::vector<std::string> inputs_;
  std::vector<std::string> allowed_secrets_;
  std::optional<uint64_t> id_fd_;
  std::string id_file_;
  std::string keep_work_ = "changed";
  int64_t timeout_ns_ = 0;
  bool is_detached_ = false;
  bool takes_snapshot_ = true;
};

struct Launched {
  store::Store store;
  RunId id;
};

// Snapshot, start, announcement of the id. After this the run exists and goes on whatever happens to us.
Result<Launched> launch(cli::Session& session, const LaunchFlags& flags, const run::Request& request);

enum class PayloadOutput : uint8_t { to_stdout, to_stderr };

// Streams the payload's output until the run is over and gives its record. INT cancels the run; TERM and HUP stop only
// the stream; both end in an interrupted error.
Result<store::RunSummary> watch(cli::Session& session, const Launched& launched, PayloadOutput output);

Path working_directory();
std::optional<Path> git_excludes(const cli::Session& session);  // the user's own, for all repositories

}  // namespace aml::amlrun
