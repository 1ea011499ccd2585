// amlhist outputs: list, print or copy the files a run wrote.
#include <fmt/format.h>

#include "amlhist/commands.h"
#include "amlhist/open.h"
#include "history/points.h"

namespace aml::amlhist {
namespace {

class OutputsCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    return {.name = "outputs",
            .summary = "list, print or copy the files a run wrote",
            .examples = {{"amlhist outputs @1", "list them"},
                         {"amlhist outputs --cat model.json @1 | jq .", "print one"},
                         {"amlhist outputs --to results @1", "copy all of them into a folder"}},
            .flags = {{.name = "cat", .value = "PATH", .help = "print the file PATH to stdout", .target = &cat_},
                      {.name = "to",
                       .value = "DIR",
                       .help = "copy into the folder DIR",
                       .target = &destination_,
                       .group = cli::Group::output,
                       .complete = cli::Complete::directory},
                      {.name = "only",
                       .value = "PATH",
                       .help = "with --to: copy PATH only; may be repeated",
                       .target = &only_},
                      {'f', "force", "", "with --to: replace files that are there", &is_forced_, cli::Group::output}},
            .positionals = {{"RUN", "a run", &run_, cli::Complete::run}},
            .output = cli::Output::records,
            .exit_notes = {"4  there is no such output", "5  a file is there already"},
            .see_also = {"amlhist-show(1)"}};
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    if (cat_ && destination_) return Error{ErrorKind::usage, "--cat and --to exclude each other"};
    const auto store = TRY(open_store(session));
    const RunId id = TRY(history::resolve_run(store, run_));
    if (cat_) TRY(history::write_output(store, id, *cat_, *TRY(session.out().binary_data())));
    else if (destination_) TRY(copy(store, id, session));
    else
      for (const store::OutputFile& file : TRY(store::list_outputs(store, id)))
        TRY(session.out().record(history::describe(file)));
    return cli::ExitCode::ok;
  }

 private:
  Status copy(const store::Store& store, const RunId& id, cli::Session& session) {
    const auto overwrite = is_forced_ ? os::Overwrite::yes : os::Overwrite::no;
    const size_t count = TRY(history::copy_outputs(store, id, only_, *destination_, overwrite));
    session.note(fmt::format("copied {} {} to '{}'", count, count == 1 ? "file" : "files", *destination_));
    return {};
  }

  std::string run_;
  std::optional<std::string> cat_;
  std::optional<std::string> destination_;
  std::vector<std::string> only_;
  bool is_forced_ = false;
};

}  // namespace

std::unique_ptr<cli::Command> make_outputs() { return std::make_unique<OutputsCommand>(); }

}  // namespace aml::amlhist
