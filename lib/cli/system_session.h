// The session of a real process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/messages.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "cli/stdout_printer.h"

namespace aml::cli {

// What run_main() has found out before the command runs. The referenced objects are run_main()'s and outlive it.
struct SessionParts {
  std::string tool;
  Settings settings;
  std::vector<std::string> command_line;
  std::vector<std::string> program;
  Environment environment;
  PrinterOptions printer;
  bool stdin_is_terminal = false;
  size_t stderr_columns = 80;
  int wake_fd = -1;
};

class SystemSession final : public Session {
 public:
  SystemSession(SessionParts parts, Messages& messages, const Clock& clock, Cancel& cancel)
      : parts_(std::move(parts)), messages_(messages), clock_(clock), cancel_(cancel), printer_(parts_.printer) {}

  const Settings& settings() const override { return parts_.settings; }
  StdoutPrinter& out() override { return printer_; }
  const Clock& clock() const override { return clock_; }
  Cancel& cancel() override { return cancel_; }
  int wake_fd() const override { return parts_.wake_fd; }
  void note(std::string_view line) override;
  void detail(std::string_view line) override;
  void warn(std::string_view line, std::string_view hint) override;
  void report(const Error& error) override;
  std::optional<std::string> environment(std::string_view name) const override { return parts_.environment(name); }
  const std::vector<std::string>& command_line() const override { return parts_.command_line; }
  const std::vector<std::string>& program() const override { return parts_.program; }
  std::string_view tool() const override { return parts_.tool; }
  std::string_view version() const override;
  Status require_piped_stdin() const override;
  std::unique_ptr<Progress> progress(std::string_view what, uint64_t total) override;

  // Whether the command gave up because nobody pipes data into it: then help is what the user needs.
  bool refused_terminal() const { return refused_terminal_; }

 private:
  SessionParts parts_;
  Messages& messages_;
  const Clock& clock_;
  Cancel& cancel_;
  StdoutPrinter printer_;
  mutable bool refused_terminal_ = false;  // noted by a check that changes nothing else
};

std::string_view version_text();  // "0.1.0"
std::string version_details();    // compiler and target, lines for -V -v

}  // namespace aml::cli
