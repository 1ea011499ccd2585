// What a running command has around it: settings, output, messages, the request to stop.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "base/time.h"
#include "cli/output.h"
#include "os/file.h"

namespace aml::cli {

// The effective common settings, after flag > AML_… environment > aml.yaml > user file > system file > default.
struct Settings {
  std::optional<Path> store_dir;  // as given; empty: find `.aml` upwards from the working directory
  unsigned threads = 0;           // -j; never 0 here: 0 on the command line means all cores
  uint64_t seed = 0;
  int verbosity = 0;  // -1 quiet, 0, 1, 2
  bool dry_run = false;
  bool force = false;  // -f: an existing FILE may be replaced
  bool no_input = false;
  bool color_stdout = false;
  bool color_stderr = false;
  bool progress = false;
  bool null_terminated = false;  // -0: names read from "-" and ids written end in NUL
};

class Progress;

class Session {
 public:
  virtual ~Session() = default;

  virtual const Settings& settings() const = 0;
  virtual Printer& out() = 0;
  virtual const Clock& clock() const = 0;
  virtual Cancel& cancel() = 0;
  virtual int wake_fd() const = 0;  // readable once a stop was asked for

  // Whole lines on stderr, each with "TOOL: " in front. note() is silent under -q, detail() needs -v.
  virtual void note(std::string_view line) = 0;
  virtual void detail(std::string_view line) = 0;
  virtual void warn(std::string_view line, std::string_view hint = {}) = 0;
  virtual void report(const Error& error) = 0;  // for per-item errors; the command then ends with ExitCode::partial

  virtual std::optional<std::string> environment(std::string_view name) const = 0;
  virtual const std::vector<std::string>& command_line() const = 0;  // argv as given
  virtual const std::vector<std::string>& program() const = 0;       // what stood after "--" (takes_command_line)
  virtual std::string_view tool() const = 0;                         // "amlrun"
  virtual std::string_view version() const = 0;

  // Refuses data from a terminal: usage error when stdin is a tty (cli.md: never hang).
  virtual Status require_piped_stdin() const = 0;

  // A bar on stderr for long work; does nothing unless progress is on. `total` 0: unknown.
  virtual std::unique_ptr<Progress> progress(std::string_view what, uint64_t total) = 0;
};

class Progress {
 public:
  virtual ~Progress() = default;  // erases the bar
  virtual void advance_to(uint64_t done, std::string_view note = {}) = 0;
};

// "-" expands to the lines (or NUL-terminated names with -0) of stdin; at most one "-".
Result<std::vector<std::string>> expand_names(Session& session, const std::vector<std::string>& names);

}  // namespace aml::cli
