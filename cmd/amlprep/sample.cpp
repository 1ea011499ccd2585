// amlprep sample: some of the rows.
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/output_flags.h"
#include "cli/session.h"
#include "prep/stream.h"
#include "text/yaml_scalar.h"

namespace aml::amlprep {
namespace {

class SampleCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "sample",
        .summary = "print some of the rows",
        .description =
            "Takes the first rows, a number of rows or a share of them, chosen by chance, in the order they stand in. "
            "The choice is a function of --seed and the rows alone: the same for a file and a pipe. With --by every "
            "group of rows with equal values in the columns has its share. --percent streams; --rows holds the rows it "
            "may take. amlprep partition cuts a table into parts for training and test.",
        .examples = {{"amlprep sample --rows 10 penguins_raw.csv", "ten rows by chance"},
                     {"amlprep sample --percent 20 --by Species --seed 7 penguins_raw.csv",
                      "a fifth of every species"}},
        .flags = {{0, "first", "N", "the first N rows", &first_},
                  {0, "rows", "N", "N rows by chance", &rows_},
                  {0, "percent", "P", "about P of 100 rows by chance", &percent_},
                  {0, "by", "COLUMN", "give each group its share (repeatable)", &by_},
                  {0, "memory", "SIZE", "for the rows --rows holds (default: 256MiB)",
                   cli::SizeBytes{&resources_.memory_bytes}}},
        .positionals = {{"FILE", "tables, see aml-prep(5) for formats; - is standard input", &files_}},
        .output = cli::Output::data,
        .see_also = {"amlprep-head(1)", "amlprep-partition(1)", "aml-prep(5)"}};
    input_.add_to(spec.flags);
    output_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    prep::Package package = TRY(prep::parse_package(TRY(step(session.settings().seed)), "flags"));
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    const auto reader = TRY(open_files(session, files_, TRY(input_.options()), rejects));
    for (const std::string& name : by_) TRY(reader->schema()->require(name, "--by"));
    resources_.temporary_folder = session.environment("TMPDIR").value_or("/tmp");
    resources_.cancel = &session.cancel();
    prep::Pipeline pipeline =
        TRY(prep::Pipeline::create(std::move(package), reader->schema(), prep::ErrorPolicy::keep, resources_));
    const auto writer = TRY(output_.create(session, pipeline.schema()));
    const auto progress = session.progress("rows", 0);
    const auto counts =
        TRY(prep::run_pipeline(*reader, pipeline, *writer, session.settings().threads,
                               [&](const prep::StreamCounts& so_far) { progress->advance_to(so_far.rows_read); }));
    warn_of_records(session, rejects);
    session.detail(fmt::format("{} rows read, {} written", counts.rows_read, counts.rows_written));
    return cli::ExitCode::ok;
  }

 private:
  // The flags as a package of one step.
  Result<std::string> step(uint64_t seed) const {
    if (int{first_.has_value()} + int{rows_.has_value()} + int{percent_.has_value()} != 1)
      return Error{ErrorKind::usage, "say how many rows", "one of --first N, --rows N and --percent P"};
    if (percent_ && !(*percent_ >= 0 && *percent_ <= 100))
      return Error{ErrorKind::usage, fmt::format("--percent {} is not from 0 to 100", *percent_),
                   "10 is one row in ten"};
    if (first_ && !by_.empty())
      return Error{ErrorKind::usage, "--first takes no --by", "--rows and --percent give groups their share"};
    if (first_) return fmt::format("version: 1\nsteps: [{{take: {}}}]\n", *first_);
    std::string by;
    for (const std::string& name : by_) by += (by.empty() ? "" : ", ") + text::yaml_scalar(name);
    const std::string measure = rows_ ? fmt::format("rows: {}", *rows_) : fmt::format("percent: {}", *percent_);
    return fmt::format("version: 1\nsteps: [{{sample: {{{}, seed: {}{}}}}}]\n", measure, seed,
                       by.empty() ? "" : fmt::format(", by: [{}]", by));
  }

  InputFlags input_;
  OutputFlags output_;
  prep::Resources resources_;
  std::optional<uint64_t> first_, rows_;
  std::optional<double> percent_;
  std::vector<std::string> by_, files_;
};

}  // namespace

std::unique_ptr<cli::Command> make_sample() { return std::make_unique<SampleCommand>(); }

}  // namespace aml::amlprep
