// amlprep apply: a table through the steps of a prep package.
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/output_flags.h"
#include "cli/session.h"
#include "prep/reject_file.h"
#include "prep/stream.h"
#include "source/open.h"
#include "source_context.h"

namespace aml::amlprep {
namespace {

constexpr size_t kWarningsMax = 20;

class ApplyCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "apply",
        .summary = "run the steps of a prep package over a table",
        .description =
            "Reads the FILEs as one table (without any, the source that the package names, or standard input), passes "
            "it through the steps of PACKAGE and "
            "writes the result as it goes, in bounded memory. Package and columns are checked before the first row. "
            "A cell that does not convert is an error: it keeps its text, later steps pass it on, and at the end each "
            "column's errors are counted on standard error. Flags win over what the package says about its source. "
            "--dry-run prints the columns after each step and reads no row.",
        .examples = {{"amlprep apply penguins.prep.yaml penguins_raw.csv -o penguins.csv", "a file"},
                     {"amlprep apply penguins.prep.yaml --to jsonl < penguins_raw.csv | head -3", "within a pipe"}},
        .flags = {{.name = "errors",
                   .value = "POLICY",
                   .help = "cells that are errors: keep their text, write them as missing, or fail (default: keep)",
                   .target = &errors_,
                   .group = cli::Group::output,
                   .complete = cli::Complete::choice,
                   .choices = prep::error_policy_names()},
                  {0, "rejects", "FILE", "write cells that became errors, and records left out, to FILE", &rejects_,
                   cli::Group::output, cli::Complete::file},
                  {0, "with", "NAME=FILE", "read FILE for source NAME of the package (repeatable)", &with_,
                   cli::Group::input, cli::Complete::file},
                  {0, "memory", "SIZE", "for each step that holds rows back (default: 256MiB)",
                   cli::SizeBytes{&resources_.memory_bytes}}},
        .positionals = {{"PACKAGE", "a *.prep.yaml file, see aml-prep(5)", &package_},
                        {"FILE", "tables, see aml-prep(5) for formats; - is standard input", &files_,
                         cli::Complete::file, 0}},
        .output = cli::Output::data,
        .dry_run = true,
        .exit_notes = {"4  PACKAGE or a FILE is not there", "6  the package is wrong, or the data does not fit it"},
        .see_also = {"aml-prep(5)", "amlprep-profile(1)", "amlprep-convert(1)"}};
    input_.add_to(spec.flags);
    output_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    prep::Surroundings surroundings{.context = source_context(session)};
    for (const std::string& text : with_) surroundings.substitutes.push_back(TRY(prep::parse_substitute(text)));
    prep::Package package = TRY(prep::load_package(package_, surroundings));
    if (files_.empty()) files_ = package.inputs;
    if (files_.empty()) files_.push_back("-");
    TRY(check_standard_input(session, files_));
    TRY(input_.apply_to(package.source));
    auto rejects =
        TRY(prep::RejectFile::create(rejects_, session.settings().force ? os::Overwrite::yes : os::Overwrite::no));
    package.source.read.on_rejected = [&](const table::RejectedRecord& record) { rejects.add(record); };
    // The file names records and cells in the order of the rows, which takes one thread.
    const bool names_both = rejects_ && package.source.read.ragged == table::Ragged::reject;
    const unsigned threads = names_both ? 1 : session.settings().threads;
    const auto reader = TRY(source::open_tables(files_, package.source, source_context(session)));
    const auto policy = prep::parse_error_policy(errors_).value_or(prep::ErrorPolicy::keep);
    resources_.temporary_folder = session.environment("TMPDIR").value_or("/tmp");
    resources_.cancel = &session.cancel();
    prep::Pipeline pipeline = TRY(prep::Pipeline::create(std::move(package), reader->schema(), policy, resources_));
    if (session.settings().dry_run) return print_plan(session, pipeline);
    pipeline.listen_to_rejects([&](const prep::Reject& reject) { rejects.add(reject); });
    const auto writer = TRY(output_.create(session, pipeline.schema()));
    const auto progress = session.progress("rows", 0);
    const auto counts =
        TRY(prep::run_pipeline(*reader, pipeline, *writer, threads,
                               [&](const prep::StreamCounts& so_far) { progress->advance_to(so_far.rows_read); }));
    TRY(rejects.commit());
    session.detail(fmt::format("{} rows read, {} written", counts.rows_read, counts.rows_written));
    warn_of_failures(session, pipeline.failures());
    warn_of_records(session, rejects);
    if (rejects_) session.note(fmt::format("{} errors in '{}'", rejects.count(), *rejects_));
    return cli::ExitCode::ok;
  }

 private:
  Result<cli::ExitCode> print_plan(cli::Session& session, const prep::Pipeline& pipeline) const {
    for (const std::string& line : pipeline.describe_plan(fmt::format("{}", fmt::join(files_, " "))))
      TRY(session.out().line(line));
    return cli::ExitCode::ok;
  }

  static void warn_of_failures(cli::Session& session, const prep::Failures& failures) {
    const auto& kinds = failures.kinds();
    for (size_t i = 0; i < kinds.size() && i < kWarningsMax; ++i) session.warn(prep::describe_count(kinds[i]));
    if (kinds.size() > kWarningsMax)
      session.warn(fmt::format("and {} more kinds of error", kinds.size() - kWarningsMax));
  }

  InputFlags input_;
  OutputFlags output_;
  prep::Resources resources_;
  std::string errors_ = "keep";
  std::optional<std::string> rejects_;
  std::string package_;
  std::vector<std::string> files_;
  std::vector<std::string> with_;
};

}  // namespace

std::unique_ptr<cli::Command> make_apply() { return std::make_unique<ApplyCommand>(); }

}  // namespace aml::amlprep
