// amlprep fit: learn the values of a package's steps from a table.
#include <fmt/format.h>

#include <algorithm>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "cli/session.h"
#include "prep/fit_package.h"
#include "prep/package.h"
#include "source_context.h"

namespace aml::amlprep {
namespace {

class FitCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "fit",
        .summary = "learn the values of a package's steps from a table",
        .description =
            "Reads the FILEs as one table and writes PACKAGE once more, with what its steps impute, scale, encode, "
            "pivot and cluster learned from the rows under 'values' of each. A package with values applies them "
            "unchanged, so that data for validation and scoring is never learned from. Steps that have values keep "
            "them, and all else of the text stays as it is. The table is read more than once if columns are learned.",
        .examples = {{"amlprep fit features.prep.yaml train.csv -o fitted.prep.yaml", "learn from the training data"},
                     {"amlprep apply <(amlprep fit features.prep.yaml train.csv) test.csv",
                      "apply that to other data"}},
        .flags = {{0, "memory", "SIZE", "for each step that holds rows back (default: 256MiB)",
                   cli::SizeBytes{&resources_.memory_bytes}}},
        .positionals = {{"PACKAGE", "a *.prep.yaml file, see aml-prep(5)", &package_},
                        {"FILE", "tables, see aml-prep(5) for formats; - is standard input", &files_,
                         cli::Complete::file, 0}},
        .output = cli::Output::data,
        .exit_notes = {"4  PACKAGE or a FILE is not there", "6  the package is wrong, or the data does not fit it"},
        .see_also = {"aml-prep(5)", "amlprep-apply(1)"}};
    input_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const std::string document = TRY(prep::read_package_text(package_));
    const prep::Surroundings surroundings{.context = source_context(session)};
    prep::Package package = TRY(prep::parse_package(document, package_, surroundings));
    if (files_.empty()) files_ = package.inputs;
    if (files_.empty()) files_.push_back("-");
    TRY(input_.apply_to(package.source));
    resources_.temporary_folder = session.environment("TMPDIR").value_or("/tmp");
    resources_.cancel = &session.cancel();
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    size_t readings = 0;
    const auto open = [&]() -> Result<std::unique_ptr<table::Reader>> {
      if (readings++ > 0 && std::count(files_.begin(), files_.end(), "-") > 0)
        return Error{ErrorKind::usage, "standard input can be read only once, and this package needs more",
                     "give a file: columns are learned step by step"};
      return open_files(session, files_, package.source, rejects);
    };
    const auto fitted = TRY(prep::fit_package(document, package_, surroundings, open, resources_));
    warn_of_records(session, rejects);
    session.detail(fmt::format("{} steps learned in {} readings", fitted.steps, readings));
    if (fitted.steps == 0) session.warn("no step of the package has anything left to learn");
    TRY(session.out().data().write(fitted.document));
    return cli::ExitCode::ok;
  }

 private:
  InputFlags input_;
  prep::Resources resources_;
  std::string package_;
  std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<cli::Command> make_fit() { return std::make_unique<FitCommand>(); }

}  // namespace aml::amlprep
