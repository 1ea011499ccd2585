// amlprep partition: a table into parts for training, validation and test.
#include <fmt/format.h>

#include <algorithm>

#include "amlprep/commands.h"
#include "amlprep/input_flags.h"
#include "amlprep/output_flags.h"
#include "cli/session.h"
#include "prep/partition.h"

namespace aml::amlprep {
namespace {

class PartitionCommand final : public cli::Command {
 public:
  cli::Spec spec() override {
    cli::Spec spec{
        .name = "partition",
        .summary = "cut a table into parts that cannot leak",
        .description =
            "Writes one file per part, for training, validation and test. Equal rows always come into the same part. "
            "With --by, so do all rows with equal values in the columns, such as those of one customer. With --time "
            "the "
            "first part has the earliest rows and the last the latest, and rows of one moment stay together. Without "
            "--time a row's part is a function of --seed and the row (or its group) alone: it stays there when rows "
            "are "
            "added, and shares are kept about, as groups allow. No file appears before all are written. Prints the "
            "part, its rows and its file.",
        .examples =
            {{"amlprep partition --into train=0.8,test=0.2 --files 'part-{}.csv' penguins_raw.csv", "by rows"},
             {"amlprep partition --into train=80,valid=10,test=10 --by 'Individual ID' --files 'p-{}.csv' "
              "penguins_raw.csv",
              "by birds"},
             {"amlprep partition --into past=2,last=1 --time 'Date Egg' --files '{}.jsonl' --to jsonl penguins_raw.csv",
              "by time"}},
        .flags = {{.name = "into",
                   .value = "NAME=SHARE,…",
                   .help = "the parts; shares are scaled to one",
                   .target = &into_,
                   .required = true},
                  {.name = "files",
                   .value = "PATTERN",
                   .help = "files to write; {} stands for the part's name",
                   .target = &pattern_,
                   .group = cli::Group::output,
                   .required = true},
                  {0, "by", "COLUMN", "keep equal values together (repeatable)", &options_.by},
                  {0, "time", "COLUMN", "cut along dates, timestamps or numbers; reads FILEs twice", &options_.time},
                  {'f', "force", "", "replace existing files", &force_, cli::Group::output}},
        .positionals = {{"FILE", "tables, see aml-prep(5) for formats; - is standard input", &files_}},
        .output = cli::Output::records,
        .exit_notes = {"5  a file is there already", "6  a value of --time is no time"},
        .see_also = {"amlprep-sample(1)", "amlrun-train(1)"}};
    input_.add_to(spec.flags);
    output_.add_to(spec.flags);
    return spec;
  }

  Result<cli::ExitCode> run(cli::Session& session) override {
    options_.parts = TRY(prep::parse_parts(into_));
    options_.seed = session.settings().seed;
    auto rejects = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    const auto reader = TRY(open_files(session, files_, TRY(input_.options()), rejects));
    const auto partitioner = TRY(make_partitioner(*reader->schema(), session));
    auto files = TRY(prep::PartFiles::create(options_, pattern_, reader->schema(), TRY(output_.options()),
                                             force_ ? os::Overwrite::yes : os::Overwrite::no));
    const auto progress = session.progress("rows", 0);
    uint64_t rows = 0;
    while (const auto batch = TRY(reader->next())) {
      TRY(files.write(*batch, TRY(partitioner->assign(*batch))));
      progress->advance_to(rows += batch->rows);
    }
    warn_of_records(session, rejects);
    for (const prep::PartCount& count : TRY(files.commit())) {
      text::Fields record{.type = "part", .id = count.file, .fields = {}};
      TRY(session.out().record(record.add("name", count.name).add("rows", count.rows).add("file", count.file)));
    }
    return cli::ExitCode::ok;
  }

 private:
  Result<std::unique_ptr<prep::Partitioner>> make_partitioner(const table::Schema& schema,
                                                              cli::Session& session) const {
    if (options_.time && !options_.by.empty())
      return Error{ErrorKind::usage, "--time and --by exclude each other", "cut by one of them"};
    if (options_.time && std::count(files_.begin(), files_.end(), "-") > 0)
      return Error{ErrorKind::usage, "--time reads its input twice", "give a file instead of standard input"};
    if (!options_.time) return prep::partition_by_hash(schema, options_);
    auto uncounted = TRY(prep::RejectFile::create(std::nullopt, os::Overwrite::no));
    const auto first_reading = TRY(open_files(session, files_, TRY(input_.options()), uncounted));
    return prep::partition_by_time(*first_reading, options_);
  }

  InputFlags input_;
  OutputFlags output_;
  prep::PartitionOptions options_;
  std::string into_, pattern_;
  bool force_ = false;
  std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<cli::Command> make_partition() { return std::make_unique<PartitionCommand>(); }

}  // namespace aml::amlprep
