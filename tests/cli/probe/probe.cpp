// A tool that exists to test lib/cli from outside, as a process: each command uses one feature and nothing else.
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/session.h"
#include "os/file.h"

namespace {

using namespace aml;

class List final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {
        .name = "list",
        .summary = "print records",
        .description = "Prints as many records as asked for.\n\nThe second paragraph.\n\n  kept as it stands\n  twice",
        .examples = {{"aml-probe list -n 2", "two records"}, {"aml-probe list --ids", "only their ids"}},
        .flags = {{'n', "limit", "N", "print N records (default 3)", &limit_},
                  {0, "order", "KEY", "order: up or down (default up)", &order_, {}, {}, {"up", "down"}},
                  {0, "shout", "", "say so on stderr", &shout_, cli::Group::selection, {}, {}, false, true}},
        .output = cli::Output::records};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    if (shout_) session.note("listing");
    for (uint64_t i = 0; i < limit_; ++i) {
      const uint64_t number = order_ == "up" ? i : limit_ - 1 - i;
      text::Fields record{"thing", fmt::format("id-{}", number), {}};
      record.add("id", record.id).add("number", number * 10).add("note", number == 1 ? "tab\there" : "", "");
      TRY(session.out().record(record));
    }
    return cli::ExitCode::ok;
  }

 private:
  uint64_t limit_ = 3;
  std::string order_ = "up";
  bool shout_ = false;
};

class Make final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "make",
            .summary = "print one id",
            .examples = {{"aml-probe make x", "the id of x"}},
            .flags = {{0, "size", "SIZE", "size in bytes (default 1KiB)", cli::SizeBytes{&size_}},
                      {0, "wait", "TIME", "how long to wait (default 0s)", cli::DurationNs{&wait_ns_}},
                      {'p', "param", "NAME=VALUE", "a parameter; may be repeated", &params_},
                      {0, "rate", "X", "a number (default 0.5)", &rate_}},
            .positionals = {{"NAME", "what to name it", &name_, cli::Complete::none}},
            .output = cli::Output::id,
            .dry_run = true};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    session.detail(fmt::format("size {} wait {} rate {} params {}", size_, wait_ns_, rate_, fmt::join(params_, "|")));
    if (session.settings().dry_run) {
      TRY(session.out().line("make\t" + name_ + "\tnew"));
      return cli::ExitCode::ok;
    }
    TRY(session.out().id("made-" + name_));
    return cli::ExitCode::ok;
  }

 private:
  std::string name_;
  uint64_t size_ = 1024;
  int64_t wait_ns_ = 0;
  double rate_ = 0.5;
  std::vector<std::string> params_;
};

class Show final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "show",
            .summary = "print one record per name",
            .examples = {{"aml-probe show a b", "two records"}},
            .positionals = {{"NAME", "names, or - to read them", &names_, cli::Complete::run}},
            .output = cli::Output::record,
            .exit_notes = {"3  some names are unknown", "4  the name is unknown"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    bool failed = false;
    for (const std::string& name : TRY(cli::expand_names(session, names_))) {
      if (name == "unknown") {
        session.report({ErrorKind::not_found, fmt::format("no thing '{}'", name), "aml-probe list shows them"});
        failed = true;
        continue;
      }
      text::Fields record{"thing", name, {}};
      record.add("name", name).add("lines", "one\ntwo").add("empty", nullptr);
      TRY(session.out().record(record));
    }
    return failed ? cli::ExitCode::partial : cli::ExitCode::ok;
  }

 private:
  std::vector<std::string> names_;
};

class Copy final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "copy",
            .summary = "copy data",
            .examples = {{"aml-probe copy <in >out", "through pipes"}},
            .flags = {{0, "fail", "", "fail after the data is written", &fail_},
                      {0, "binary", "", "refuse a terminal", &binary_}},
            .positionals = {{"FILE", "what to copy (default -: stdin)", &file_}},
            .output = cli::Output::data};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    Sink& sink = binary_ ? *TRY(session.out().binary_data()) : session.out().data();
    if (!file_ || *file_ == "-") {
      TRY(session.require_piped_stdin());
      TRY(sink.write(TRY(os::read_all(STDIN_FILENO, "standard input", size_t{1} << 30))));
    } else {
      TRY(sink.write(TRY(os::read_file(*file_))));
    }
    if (fail_) return Error{ErrorKind::bad_data, "in.csv:3:7: '4x' is not a number", "fix the row"};
    return cli::ExitCode::ok;
  }

 private:
  std::optional<std::string> file_;
  bool fail_ = false;
  bool binary_ = false;
};

class Endless final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "endless",
            .summary = "write, or wait, until stopped",
            .examples = {{"aml-probe endless | head -n 1", "stops when nobody listens"}},
            .flags = {{0, "quiet-wait", "", "write nothing", &wait_}}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    session.note("ready");
    while (wait_) {
      pollfd ready{session.wake_fd(), POLLIN, 0};
      poll(&ready, 1, -1);
      TRY(session.cancel().check());
    }
    for (;;) TRY(session.out().line("y"));
  }

 private:
  bool wait_ = false;
};

class Run final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "run",
            .summary = "print the words of a program",
            .examples = {{"aml-probe run -- echo -n hi", "each word on a line"}},
            .flags = {{0, "status", "N", "end with status N (default 0)", &status_}},
            .takes_command_line = true};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    for (const std::string& word : session.program()) TRY(session.out().line(word));
    return static_cast<cli::ExitCode>(status_);
  }

 private:
  int64_t status_ = 0;
};

class Break final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "break",
            .summary = "go wrong",
            .examples = {{"aml-probe break --how memory", "runs out of memory"}},
            .flags = {{0, "how", "HOW", "memory or throw", &how_, {}, {}, {"memory", "throw"}, true}},
            .hidden = true};
  }

  Result<cli::ExitCode> run(cli::Session&) override {
    if (how_ == "memory") throw std::bad_alloc();
    throw std::runtime_error("nobody caught it");
  }

 private:
  std::string how_;
};

}  // namespace

int main(int argc, char** argv) {
  const cli::Tool tool{.name = "aml-probe",
                       .summary = "does the command line behave?",
                       .commands = {cli::make<List>, cli::make<Make>, cli::make<Show>, cli::make<Copy>,
                                    cli::make<Endless>, cli::make<Run>, cli::make<Break>},
                       .completer = [](cli::Session&, cli::Complete, std::string_view prefix) {
                         std::vector<std::string> names;
                         for (const char* name : {"alpha", "alps", "beta"})
                           if (std::string_view(name).starts_with(prefix)) names.emplace_back(name);
                         return names;
                       }};
  return cli::run_main(tool, argc, argv);
}
