// A subcommand: a table entry and what it does. cmd/TOOL/NAME.cpp holds one; cmd/TOOL.cpp lists their makers.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/result.h"
#include "cli/exit_code.h"
#include "cli/spec.h"

namespace aml::cli {

class Session;

class Command {
 public:
  virtual ~Command() = default;
  virtual Spec spec() = 0;  // targets point into the command itself
  virtual Result<ExitCode> run(Session& session) = 0;
};

using CommandMaker = std::function<std::unique_ptr<Command>()>;

template <class T>
std::unique_ptr<Command> make() {
  return std::make_unique<T>();
}

// Answers `TOOL --complete KIND PREFIX`: candidates that start with the prefix. Must be quick and never fail.
using Completer = std::function<std::vector<std::string>(Session&, Complete kind, std::string_view prefix)>;

struct Tool {
  std::string name;     // "amlprep"
  std::string summary;  // "what is in this data, and how do I get it into shape?"
  std::vector<CommandMaker> commands;
  Completer completer = {};
  std::function<std::string()> version_details = {};  // more lines for --version -v
};

// The whole of a tool's main(): parse, run, flush, report, exit code. Never throws.
int run_main(const Tool& tool, int argc, char** argv);

}  // namespace aml::cli
