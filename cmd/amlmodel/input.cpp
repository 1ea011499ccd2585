#include "amlmodel/input.h"

#include <fmt/format.h>

#include "amlmodel/commands.h"
#include "source/open.h"
#include "source_context.h"

namespace aml::amlmodel {
namespace {

std::vector<std::string> split_commas(const std::string& text) {
  std::vector<std::string> parts;
  size_t start = 0;
  for (size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', start)) {
    parts.push_back(text.substr(start, comma - start));
    start = comma + 1;
  }
  parts.push_back(text.substr(start));
  return parts;
}

}  // namespace

std::vector<cli::Flag> input_flags(Input& input) {
  return {{0,
           "from",
           "FORMAT",
           "read csv, tsv or jsonl (default: by the file)",
           &input.from,
           cli::Group::input,
           cli::Complete::choice,
           {"csv", "tsv", "jsonl"}},
          {0, "missing", "WORD", "unquoted WORD means no value, like an empty field (repeatable)", &input.missing,
           cli::Group::input},
          {0, "ragged", "POLICY", "records of a wrong size: refuse, pad, truncate, fit (both), reject", &input.ragged,
           cli::Group::input, cli::Complete::choice, table::ragged_names()},
          {0, "input-columns", "A,B,…", "the columns that fill a model which does not name its inputs", &input.columns,
           cli::Group::input, cli::Complete::column}};
}

Result<std::unique_ptr<table::Reader>> open_input(cli::Session& session, const Input& input) {
  if (input.file == "-") TRY(session.require_piped_stdin());
  source::OpenOptions options;
  if (input.from) options.read.format = *table::parse_format(*input.from);
  options.read.missing = input.missing;
  options.read.ragged = table::parse_ragged(input.ragged).value_or(table::Ragged::refuse);
  return source::open_table(input.file, options, source_context(session));
}

Result<model::BatchScorer> open_scorer(cli::Session& session, const std::string& model, const Input& input) {
  const auto source = TRY(open_model(session, model));
  auto loaded = std::make_shared<const model::Model>(TRY(model::load_model(source.bytes, source.name)));
  model::ScoreOptions options;
  if (input.columns) options.input_columns = split_commas(*input.columns);
  return model::BatchScorer::create(std::move(loaded), options);
}

void warn_unconverted(cli::Session& session, const model::BatchScorer& scorer,
                      const std::vector<model::Unconverted>& columns) {
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto& [count, first] = columns[i];
    if (count == 0) continue;
    const table::Field& field = scorer.input_schema()[i];
    const std::string more = count == 1 ? "" : fmt::format(", the first of {} such cells", count);
    session.warn(fmt::format("{} is no {} for column '{}' and counts as missing{}", first, name_of(field.type),
                             field.name, more),
                 "name words that mean no value with --missing");
  }
}

}  // namespace aml::amlmodel
