#include "amlrun/launch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>

#include "os/atomic_file.h"
#include "os/signals.h"
#include "run/cancel.h"
#include "run/follow.h"
#include "store/run_folder.h"

namespace aml::amlrun {
namespace {

Result<std::pair<std::string, std::string>> split_pair(const std::string& text, std::string_view flag) {
  const size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos)
    return Error{ErrorKind::usage, fmt::format("--{} '{}' is not NAME=VALUE", flag, text)};
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

// What the user should know about the end besides the exit status.
void tell_end(cli::Session& session, const store::Store& store, const store::RunSummary& run) {
  if (run.state != store::RunState::finished && run.state != store::RunState::failed)
    session.warn(fmt::format("run {} ended as {}: {}", run.id.text(), store::name_of(run.state), run.reason));
  else if (!run.reason.empty()) session.detail(fmt::format("run {}: {}", run.id.text(), run.reason));
  for (const std::string& problem : run.problems) session.warn(problem);
  if (const Path work = store::run_folder(store, run.id).work(); os::path_exists(work))
    session.note(fmt::format("files written outside $AML_OUTPUTS are kept in '{}'", work.string()));
}

}  // namespace

Path working_directory() {
  std::error_code ignored;
  return std::filesystem::current_path(ignored);
}

std::optional<Path> git_excludes(const cli::Session& session) {
  if (const auto home = session.environment("XDG_CONFIG_HOME"); home && !home->empty())
    return Path(*home) / "git/ignore";
  if (const auto home = session.environment("HOME"); home && !home->empty()) return Path(*home) / ".config/git/ignore";
  return std::nullopt;
}

void LaunchFlags::add_to(std::vector<cli::Flag>& flags) {
  const std::vector<cli::Flag> own = {
      {0, "name", "NAME", "call the run NAME", &name_},
      {0, "param", "NAME=VALUE", "record a parameter and pass it as $AML_PARAM_NAME; repeatable", &params_},
      {0, "tag", "NAME=VALUE", "tag the run; repeatable", &tags_},
      {0, "input", "[NAME=]FILE", "record the digest of an input, path in $AML_INPUT_NAME; repeatable", &inputs_,
       cli::Group::input, cli::Complete::file},
      {0, "timeout", "DURATION", "stop the run after this time (default: never)", cli::DurationNs{&timeout_ns_}},
      {0, "detach", "", "print the id and return at once", &is_detached_, cli::Group::output},
      {0, "id-fd", "N", "write the id to descriptor N", &id_fd_, cli::Group::output},
      {0, "id-file", "FILE", "write the id to FILE", &id_file_, cli::Group::output, cli::Complete::file},
      {.name = "snapshot",
       .value = "",
       .help = "run in a fresh copy of the project (default: on)",
       .target = &takes_snapshot_,
       .group = cli::Group::input,
       .negatable = true},
      {0, "allow-secret", "PATH", "let a file that looks like a secret into the snapshot; repeatable",
       &allowed_secrets_, cli::Group::input, cli::Complete::file},
      {.name = "keep-work",
       .value = "WHEN",
       .help = "keep the copy: never, changed or always (default: changed)",
       .target = &keep_work_,
       .group = cli::Group::output,
       .complete = cli::Complete::choice,
       .choices = {"never", "changed", "always"}}};
  flags.insert(flags.end(), own.begin(), own.end());
}

Result<run::Request> LaunchFlags::request(const cli::Session& session) const {
  run::Request request;
  request.name = name_;
  for (const std::string& text : params_) request.params.push_back(TRY(split_pair(text, "param")));
  for (const std::string& text : tags_) request.tags.insert(TRY(split_pair(text, "tag")));
  for (const std::string& text : inputs_) request.inputs.push_back(run::parse_input(text));
  request.seed = session.settings().seed;
  request.threads = session.settings().threads;
  if (timeout_ns_ > 0) request.timeout_ns = timeout_ns_;
  if (const auto parent = session.environment("AML_RUN_ID")) request.parent = RunId::parse(*parent);
  if (!takes_snapshot_) request.snapshot = run::Request::Snapshot::none;
  request.snapshot_options = {.ignore = {.global_excludes = git_excludes(session)},
                              .allowed_secrets = allowed_secrets_};
  request.environment = os::current_environment();
  request.tool = session.tool();
  request.version = session.version();
  request.command_line = session.command_line();
  return request;
}

Status LaunchFlags::check_id_targets() const {
  if (!id_fd_ || (*id_fd_ < 1024 && fcntl(static_cast<int>(*id_fd_), F_GETFD) >= 0)) return {};
  return Error{ErrorKind::usage, fmt::format("descriptor {} of --id-fd is not open", *id_fd_), "use --id-fd 3 3>FILE"};
}

Status LaunchFlags::announce(const std::string& id) const {
  if (id_fd_) TRY(os::write_all(static_cast<int>(*id_fd_), id + "\n", "--id-fd"));
  if (!id_file_.empty()) TRY(os::write_file_atomically(id_file_, id + "\n", os::Overwrite::yes));
  return {};
}

run::KeepWork LaunchFlags::keep_work() const {
  if (keep_work_ == "never") return run::KeepWork::never;
  return keep_work_ == "always" ? run::KeepWork::always : run::KeepWork::if_changed;
}

Result<Launched> launch(cli::Session& session, const LaunchFlags& flags, const run::Request& request) {
  TRY(flags.check_id_targets());
  auto place = TRY(run::open_place(session.settings().store_dir, working_directory()));
  if (place.is_new_store) session.note(fmt::format("made a store in '{}'", place.store.dir().string()));
  auto prepared = TRY(run::prepare(place, request, session.clock()));
  for (const std::string& warning : prepared.warnings) session.warn(warning);
  TRY(session.cancel().check());
  prepared.start.keep_work = flags.keep_work();
  const auto handle = TRY(run::start(place.store, prepared.start, session.clock()));
  TRY(flags.announce(handle.id.text()));
  return Launched{std::move(place.store), handle.id};
}

Result<store::RunSummary> watch(cli::Session& session, const Launched& launched, PayloadOutput output) {
  const store::Store& store = launched.store;
  const RunId& id = launched.id;
  os::FdSink out(output == PayloadOutput::to_stdout ? STDOUT_FILENO : STDERR_FILENO, "output");
  os::FdSink err(STDERR_FILENO, "standard error");
  const auto on_wake = [&]() -> Status {
    if (os::SignalWatch::last_signal() != SIGINT)
      return Error{ErrorKind::interrupted,
                   fmt::format("run {0} goes on; amlrun logs --follow {0} follows it", id.text())};
    TRY(run::cancel(store, id, store::SystemProbe(store.dir())));
    return {};
  };
  const auto run = TRY(run::follow(store, id,
                                   {.out = &out,
                                    .err = &err,
                                    .wake_fd = session.wake_fd(),
                                    .on_wake = on_wake,
                                    .reader_fd = output == PayloadOutput::to_stdout ? STDOUT_FILENO : -1}));
  if (session.cancel().is_requested() && run.state == store::RunState::killed)
    return Error{ErrorKind::interrupted, fmt::format("run {} was cancelled", id.text())};
  tell_end(session, store, run);
  return run;
}

}  // namespace aml::amlrun
