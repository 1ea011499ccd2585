// amlrun snapshot: what a run would be made of.
#include <fmt/format.h>

#include "amlrun/commands.h"
#include "amlrun/launch.h"
#include "project/describe.h"
#include "project/snapshot.h"

namespace aml::amlrun {
namespace {

class SnapshotCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "snapshot",
            .summary = "pack the project as a run would",
            .description =
                "Prints the digest of the snapshot. Left out are what git ignores, what .amlignore names and a few "
                "built-in folders such as .git, node_modules and virtual environments; files that hold secrets are "
                "refused, and limits are checked before anything is copied.",
            .examples = {{"amlrun snapshot", "take one"},
                         {"amlrun snapshot -n", "list what it would hold"},
                         {"amlrun snapshot --why data", "which rule decides about a path"}},
            .flags = {{'n', "list", "", "only list the files", &is_listing_},
                      {0, "why", "PATH", "only tell the rule that decides about PATH", &why_, cli::Group::selection,
                       cli::Complete::file},
                      {0, "allow-secret", "PATH", "let a file that looks like a secret in; repeatable",
                       &options_.allowed_secrets, cli::Group::input, cli::Complete::file}},
            .output = cli::Output::records,
            .exit_notes = {"4  no such path", "6  too large, or it would hold secrets"},
            .see_also = {"amlrun-submit(1)", "amlhist-show(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    options_.ignore.global_excludes = git_excludes(session);
    const auto project = TRY(project::open_project(working_directory()));
    if (!why_.empty()) return explain(session, project);
    if (is_listing_ || session.settings().dry_run) return list(session, project);
    const auto place = TRY(run::open_place(session.settings().store_dir, working_directory()));
    if (place.is_new_store) session.note(fmt::format("made a store in '{}'", place.store.dir().string()));
    const auto snapshot = TRY(project::take_snapshot(place.store, project, options_));
    TRY(session.out().id(snapshot.digest.text()));
    return cli::ExitCode::ok;
  }

 private:
  Result<cli::ExitCode> list(cli::Session& session, const project::Project& project) const {
    for (const auto& file : TRY(project::list_snapshot(project, options_)).files)
      TRY(session.out().record(project::describe(file)));
    return cli::ExitCode::ok;
  }

  Result<cli::ExitCode> explain(cli::Session& session, const project::Project& project) const {
    const std::string path = (working_directory() / why_).lexically_relative(project.root).string();
    const auto verdict = TRY(project::explain_path(project, options_, path));
    TRY(session.out().record(project::describe(path, verdict)));
    return cli::ExitCode::ok;
  }

  project::SnapshotOptions options_;
  std::string why_;
  bool is_listing_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_snapshot() { return std::make_unique<SnapshotCommand>(); }

}  // namespace aml::amlrun
