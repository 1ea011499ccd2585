// amlrun new: make a project.
#include <fmt/format.h>

#include "amlrun/commands.h"
#include "amlrun/launch.h"

namespace aml::amlrun {
namespace {

class NewCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "new",
            .summary = "make a project",
            .description =
                "Puts aml.yaml, .amlignore and a store into a folder, which is made if need be. Nothing of this is "
                "required: the first run makes the store by itself.",
            .examples = {{"amlrun new churn", "a project in the new folder churn"}, {"amlrun new", "right here"}},
            .flags = {{0, "name", "NAME", "the project's name (default: that of the folder)", &name_}},
            .positionals = {{"DIR", "the folder (default: the current one)", &directory_, cli::Complete::directory}},
            .exit_notes = {"5  there is a project already"},
            .see_also = {"amlrun-submit(1)", "amlrun-snapshot(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const Path directory = (working_directory() / directory_.value_or("")).lexically_normal();
    const Path named = directory.has_filename() ? directory : directory.parent_path();
    TRY(project::create_project(directory, name_.empty() ? named.filename().string() : name_));
    const auto store = TRY(store::Store::create(directory / store::kStoreFolder));
    session.note(fmt::format("made a project in '{}'", directory.string()));
    return cli::ExitCode::ok;
  }

 private:
  std::optional<std::string> directory_;
  std::string name_;
};

}  // namespace

std::unique_ptr<cli::Command> make_new() { return std::make_unique<NewCommand>(); }

}  // namespace aml::amlrun
