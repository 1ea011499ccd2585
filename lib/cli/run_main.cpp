#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>

#include "cli/command.h"
#include "cli/generate.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/system_session.h"
#include "os/machine.h"
#include "os/signals.h"
#include "os/terminal.h"
#include "text/suggest.h"

namespace aml::cli {
namespace {

std::optional<std::string> process_environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

// A closed descriptor 0, 1 or 2 would be reused by the next file opened, and talk would end up in data. Reading from
// and writing to these stand-ins fails, as it should.
void keep_standard_descriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(fd, F_GETFD) != -1) continue;
    static_cast<void>(open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY));
  }
}

Result<ExitCode> print_text(std::string_view text) {
  os::FdSink sink(STDOUT_FILENO, "standard output");
  TRY(sink.write(text));
  TRY(sink.flush());
  return ExitCode::ok;
}

Form form_of(const CommonFlags& common) {
  if (common.json) return Form::json;
  if (common.tsv) return Form::tsv;
  return common.ids ? Form::ids : Form::people;
}

// One call of a tool, from its words to its result.
class Invocation {
 public:
  Invocation(const Tool& tool, std::vector<std::string> command_line, Messages& messages, const Clock& clock)
      : tool_(tool), command_line_(std::move(command_line)), messages_(messages), clock_(clock) {}

  Result<ExitCode> run() {
    const std::vector<std::string> arguments(command_line_.begin() + 1, command_line_.end());
    if (!arguments.empty() && arguments[0] == "--generate")
      return print_text(TRY(generate(tool_, arguments.size() > 1 ? arguments[1] : "")));
    if (!arguments.empty() && arguments[0] == "--complete") return complete(arguments);
    const CutLine line = cut_line(arguments);
    // Mistakes in the flags themselves are told before the settings are known.
    messages_.set_style({.color = wants_color("auto", process_environment, os::is_terminal(STDERR_FILENO)),
                         .json = std::count(line.words.begin(), line.words.end(), "--json") > 0});
    if (line.command.empty()) return run_without_command(line);
    TRY(find_command(line));
    auto program = parse(spec_, common_, line);
    if (!program.ok()) {
      if (line.words.empty() && line.program.empty()) show_short_help();
      return std::move(program).error();
    }
    if (common_.short_help) return print_text(short_help(tool_.name, spec_));
    if (common_.full_help) return print_text(full_help(tool_.name, spec_));
    if (common_.version) return print_version();
    TRY(enter_directory());
    ResolvedSettings resolved = TRY(resolve_settings(common_, surroundings()));
    if (common_.print_config) return print_config(resolved);
    return run_command(std::move(resolved.settings), std::move(program).value());
  }

 private:
  Result<ExitCode> run_without_command(const CutLine& line) {
    spec_.name = "COMMAND";
    spec_.output = cli::Output::records;  // of --print-config
    TRY(parse(spec_, common_, line));
    if (common_.short_help) return print_text(short_help(tool_));
    if (common_.full_help) return print_text(full_help(tool_));
    if (common_.version) return print_version();
    if (common_.print_config) {
      TRY(enter_directory());
      return print_config(TRY(resolve_settings(common_, surroundings())));
    }
    show_text(short_help(tool_));
    return Error{ErrorKind::usage, "missing a command", fmt::format("{} -h lists them", tool_.name)};
  }

  Status find_command(const CutLine& line) {
    const std::string& name = line.command;
    std::vector<std::string> names;
    for (const CommandMaker& maker : tool_.commands) {
      command_ = maker();
      spec_ = command_->spec();
      if (spec_.name == name) return {};
      if (!spec_.hidden) names.push_back(spec_.name);
    }
    if (!line.stray_flag.empty()) return stray_flag_error(line.stray_flag);
    const std::string nearest = text::nearest_name(name, names);
    return Error{ErrorKind::usage, fmt::format("unknown command '{}'", name),
                 nearest.empty() ? fmt::format("{} -h lists the commands", tool_.name)
                                 : fmt::format("did you mean '{}'?", nearest)};
  }

  // Completion must never disturb the line being typed: no message, exit 0, whatever happens.
  Result<ExitCode> complete(const std::vector<std::string>& arguments) {
    if (!tool_.completer || arguments.size() < 2) return ExitCode::ok;
    auto resolved = resolve_settings(common_, surroundings());
    Cancel never;
    SessionParts parts = session_parts({}, {});
    if (resolved.ok()) parts.settings = std::move(resolved->settings);
    SystemSession session(std::move(parts), messages_, clock_, never);
    std::string text;
    for (const Complete kind : {Complete::run, Complete::model, Complete::column}) {
      if (completion_word(kind) != arguments[1]) continue;
      for (const std::string& candidate : tool_.completer(session, kind, arguments.size() > 2 ? arguments[2] : ""))
        text += candidate + "\n";
    }
    return print_text(text);
  }

  Status enter_directory() {
    if (common_.directory && chdir(common_.directory->c_str()) != 0)
      return error_from_errno(errno, fmt::format("cannot change to '{}'", *common_.directory));
    return {};
  }

  static Surroundings surroundings() {
    std::error_code ignored;
    return {.environment = process_environment,
            .directory = std::filesystem::current_path(ignored),
            .stdout_is_terminal = os::is_terminal(STDOUT_FILENO),
            .stderr_is_terminal = os::is_terminal(STDERR_FILENO),
            .cores = os::core_count()};
  }

  Result<ExitCode> print_version() {
    std::string text = fmt::format("{} {}\n", tool_.name, version_text());
    if (common_.verbose > 0) text += version_details();
    if (common_.verbose > 0 && tool_.version_details) text += tool_.version_details();
    return print_text(text);
  }

  Result<ExitCode> print_config(const ResolvedSettings& resolved) {
    StdoutPrinter printer({.form = form_of(common_), .is_list = true, .fd = STDOUT_FILENO});
    for (const Origin& origin : resolved.origins) {
      text::Fields record{"setting", origin.key, {}};
      record.add("key", origin.key).add("value", origin.value).add("origin", origin.origin);
      TRY(printer.record(record));
    }
    TRY(printer.flush());
    return ExitCode::ok;
  }

  SessionParts session_parts(Settings settings, std::vector<std::string> program) {
    SessionParts parts;
    parts.tool = tool_.name;
    parts.settings = std::move(settings);
    parts.command_line = command_line_;
    parts.program = std::move(program);
    parts.environment = process_environment;
    parts.printer = {.form = form_of(common_),
                     .is_list = spec_.output == cli::Output::records,
                     .null_terminated = common_.null_terminated,
                     .is_terminal = os::is_terminal(STDOUT_FILENO),
                     .color = parts.settings.color_stdout,
                     .columns = os::terminal_columns(STDOUT_FILENO),
                     .fd = STDOUT_FILENO};
    parts.stdin_is_terminal = os::is_terminal(STDIN_FILENO);
    parts.stderr_columns = static_cast<size_t>(os::terminal_columns(STDERR_FILENO));
    return parts;
  }

  Result<ExitCode> run_command(Settings settings, std::vector<std::string> program) {
    messages_.set_style({.color = settings.color_stderr, .json = common_.json, .with_time = settings.verbosity >= 2});
    const auto watch = TRY(os::SignalWatch::install(cancel_));
    SessionParts parts = session_parts(std::move(settings), std::move(program));
    parts.wake_fd = watch.wake_fd();
    SystemSession session(std::move(parts), messages_, clock_, cancel_);
    // A dry run changes nothing: its plan goes to stdout, and the file is left alone.
    if (common_.output_file && !session.settings().dry_run)
      TRY(session.out().redirect(*common_.output_file, common_.force ? os::Overwrite::yes : os::Overwrite::no));
    auto result = command_->run(session);
    messages_.erase_bar();
    if (!result.ok() && session.refused_terminal()) show_short_help();
    // What was printed before an error is still true, so it is shown; only the -o file is all or nothing.
    const Status flushed = session.out().flush();
    if (!result.ok()) return result;
    if (!flushed.ok()) return flushed.error();
    TRY(session.out().commit());
    return result;
  }

  void show_short_help() { show_text(short_help(tool_.name, spec_)); }

  static void show_text(std::string_view text) {
    static_cast<void>(os::write_all(STDERR_FILENO, text, "standard error").ok());
  }

  const Tool& tool_;
  std::vector<std::string> command_line_;
  Messages& messages_;
  const Clock& clock_;
  Cancel cancel_;
  std::unique_ptr<Command> command_;
  Spec spec_;
  CommonFlags common_;
};

// Ends as the signal that stopped us would have ended us, so that the caller sees why.
int exit_status(const Result<ExitCode>& result, Messages& messages) {
  if (result.ok()) return static_cast<int>(*result);
  const Error& error = result.error();
  if (error.kind == ErrorKind::broken_pipe) os::die_of_signal(SIGPIPE);
  const int stop_signal = os::SignalWatch::last_signal();
  if (error.kind == ErrorKind::interrupted && stop_signal != 0) {
    messages.say(error.message);
    os::die_of_signal(stop_signal);
  }
  const ExitCode code = exit_code_of(error.kind);
  messages.error(error, code);
  return static_cast<int>(code);
}

}  // namespace

int run_main(const Tool& tool, int argc, char** argv) {
  keep_standard_descriptors();
  // Help and generated text must unwind on a closed pipe just as commands do.
  signal(SIGPIPE, SIG_IGN);
  const SystemClock clock;
  Messages messages(STDERR_FILENO, tool.name, clock);
  try {
    std::vector<std::string> command_line(argv, argv + argc);
    if (command_line.empty()) command_line.push_back(tool.name);
    Invocation invocation(tool, std::move(command_line), messages, clock);
    return exit_status(invocation.run(), messages);
  } catch (const std::bad_alloc&) {
    messages.error({ErrorKind::system, "out of memory", "try fewer threads or smaller data"}, ExitCode::system);
    return static_cast<int>(ExitCode::system);
  } catch (const std::exception& exception) {
    messages.error({ErrorKind::system, fmt::format("internal error: {}", exception.what()), "please report this"},
                   ExitCode::bug);
    return static_cast<int>(ExitCode::bug);
  }
}

}  // namespace aml::cli
