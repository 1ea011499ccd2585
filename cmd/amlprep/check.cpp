// amlprep check: does a table look as it must?
#include <fmt/format.h>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "cli/session.h"
#include "inspect/drift.h"
#include "inspect/infer_schema.h"
#include "inspect/schema_check.h"

namespace aml::amlprep {
namespace {

class CheckCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "check",
        .summary = "hold a table against a schema or an earlier profile",
        .description =
            "Reads the FILEs as one table and prints every failure with file and line, up to a limit for each rule and "
            "column, then how many more there are. --infer writes the schema that the FILEs keep, to be read and "
            "edited "
            "by people. --drift compares with a profile saved by amlprep profile --json: a column that went, came, "
            "changed its type or moved further than the limits fails. Limits are flags, or stand in the schema.",
        .examples = {{"amlprep check --infer penguins_raw.csv > penguins.schema.yaml", "a first schema"},
                     {"amlprep check penguins.schema.yaml penguins_raw.csv", "in a CI job"},
                     {"amlprep check --drift may.profile.jsonl penguins_raw.csv", "has the data moved?"}},
        .flags = {{0, "infer", "", "write a schema for the FILEs instead", &infers_},
                  {0, "drift", "PROFILE", "compare with PROFILE, see amlprep-profile(1)", &profile_, cli::Group::input,
                   cli::Complete::file},
                  {0, "psi", "X", "limit of the population stability index (default: 0.2)", &psi_},
                  {0, "js", "X", "limit of the Jensen-Shannon divergence, in bits (default: 0.1)", &js_},
                  {0, "ks", "X", "limit of the Kolmogorov-Smirnov distance (default: 0.2)", &ks_},
                  {0, "failures", "N", "print N failures of each rule and column (default: 10)", &options_.failures_max,
                   cli::Group::output},
                  {0, "memory", "SIZE", "for the values of unique columns (default: 256MiB)",
                   cli::SizeBytes{&options_.memory_bytes}}},
        .positionals = {{"SCHEMA",
                         "a *.yaml file, see aml-schema(5), then tables as CSV, TSV or JSON Lines; - is standard input",
                         &files_}},
        .output = cli::Output::records,
        .exit_notes = {"1  the table fails", "4  SCHEMA, PROFILE or a FILE is not there",
                       "6  SCHEMA or PROFILE is wrong, or a FILE cannot be read"},
        .see_also = {"aml-schema(5)", "amlprep-profile(1)", "amlprep-apply(1)"}};
    input_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    const bool has_schema = !infers_ && (files_[0].ends_with(".yaml") || files_[0].ends_with(".yml"));
    if (!infers_ && !profile_ && !has_schema)
      return Error{ErrorKind::usage, fmt::format("'{}' is no schema", files_[0]),
                   "give a *.yaml file first, or --infer, or --drift PROFILE"};
    inspect::DataSchema schema;
    if (has_schema) {
      schema = TRY(inspect::load_data_schema(files_[0]));
      files_.erase(files_.begin());
    }
    if (files_.empty()) files_.push_back("-");
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    const std::unique_ptr<table::Reader> reader = TRY(open(schema, rejects, session));
    if (infers_) return infer(*reader, session);
    inspect::DriftLimits limits{psi_.value_or(schema.drift.psi), js_.value_or(schema.drift.js),
                                ks_.value_or(schema.drift.ks), schema.drift.missing};
    std::optional<inspect::SchemaCheck> check;
    if (has_schema) check.emplace(inspect::SchemaCheck::create(schema, reader->schema(), options_));
    std::vector<inspect::Failure> drifted;
    if (profile_) drifted = TRY(find_drift(*reader, check, limits, session));
    else TRY(check_rows(*reader, *check, session));
    inspect::CheckReport report = check ? check->finish() : inspect::CheckReport();
    inspect::add_failures(report, std::move(drifted));
    TRY(print(report, session));
    warn_of_records(session, rejects);
    return report.counts.empty() ? cli::ExitCode::ok : cli::ExitCode::no;
  }

 private:
  Result<std::unique_ptr<table::Reader>> open(const inspect::DataSchema& schema, prep::RejectFile& rejects,
                                              cli::Session& session) const {
    source::OpenOptions options = TRY(input_.options());
    options.read.missing.insert(options.read.missing.end(), schema.missing_words.begin(), schema.missing_words.end());
    return open_files(session, files_, std::move(options), rejects);
  }

  inspect::InspectOptions inspect_options(cli::Session& session) const {
    constexpr size_t kSampleRows = 100'000;
    inspect::InspectOptions options;
    options.sample_rows = kSampleRows;
    options.seed = session.settings().seed;
    return options;
  }

  Result<cli::ExitCode> infer(table::Reader& reader, cli::Session& session) const {
    inspect::InspectOptions options = inspect_options(session);
    options.profile.top_values = inspect::kInferredValuesMax;
    const auto table = TRY(inspect::inspect_table(reader, fmt::format("{}", fmt::join(files_, " ")), options));
    TRY(session.out().data().write(inspect::write_data_schema(inspect::infer_data_schema(table))));
    return cli::ExitCode::ok;
  }

  Result<std::vector<inspect::Failure>> find_drift(table::Reader& reader, std::optional<inspect::SchemaCheck>& check,
                                                   const inspect::DriftLimits& limits, cli::Session& session) const {
    const auto reference = TRY(inspect::read_profile(*profile_));
    inspect::InspectOptions options = inspect_options(session);
    Status checked;
    options.profile.on_batch = [&](const table::Batch& batch, size_t) {
      if (check && checked.ok()) checked = check->add(batch);
    };
    const auto table = TRY(inspect::inspect_table(reader, files_[0], options));
    TRY(std::move(checked));
    return inspect::find_drift(inspect::measure_drift(reference, table), limits);
  }

  static Status check_rows(table::Reader& reader, inspect::SchemaCheck& check, cli::Session& session) {
    const auto progress = session.progress("rows", 0);
    return inspect::check_rows(reader, check, [&](uint64_t rows) { progress->advance_to(rows); });
  }

  static Status print(const inspect::CheckReport& report, cli::Session& session) {
    cli::Printer& out = session.out();
    for (const inspect::Failure& failure : report.failures) {
      TRY(out.line(inspect::to_text(failure)));
      if (out.form() != cli::Form::people) TRY(out.record(inspect::describe(failure)));
    }
    for (const inspect::FailureCount& count : report.counts)
      if (out.form() == cli::Form::json) TRY(out.record(inspect::describe(count)));
    for (const std::string& line : inspect::describe_rest(report)) TRY(out.line(line));
    if (!report.counts.empty())
      session.note(fmt::format("{} failure{}", report.failed(), report.failed() == 1 ? "" : "s"));
    return {};
  }

  InputFlags input_;
  bool infers_ = false;
  std::optional<std::string> profile_;
  std::optional<double> psi_, js_, ks_;
  inspect::CheckOptions options_;
  std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<cli::Command> make_check() { return std::make_unique<CheckCommand>(); }

}  // namespace aml::amlprep
