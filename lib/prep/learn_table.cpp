#include "prep/learn_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "prep/package.h"
#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::prep {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Result<synth::Cell> parse_side(std::string_view text) {
  text = trimmed(text);
  if (text == "null") return synth::Cell();
  if (!text.starts_with('"')) return synth::Cell(std::string(text));
  const text::Json json = TRY(text::parse_json(text, {"example", 1}));
  return synth::Cell(json.string());
}

// The parts between " | ", outside of quotes.
std::vector<std::string_view> split_inputs(std::string_view text) {
  std::vector<std::string_view> parts;
  bool is_quoted = false;
  size_t begin = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && is_quoted) ++at;
    else if (text[at] == '"' && (is_quoted || trimmed(text.substr(begin, at - begin)).empty())) is_quoted = !is_quoted;
    else if (!is_quoted && text.substr(at).starts_with(" | ")) {
      parts.push_back(text.substr(begin, at - begin));
      begin = at + 3;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

Error bad_example(std::string_view text, std::string_view problem) {
  return {ErrorKind::usage, fmt::format("example '{}' {}", text, problem),
          "write it as 'input => output', 'a | b => output' for two columns, or '18=output' for row 18"};
}

Result<synth::Example> example_of_row(std::string_view text, size_t equals, const ColumnSample& sample) {
  const auto row = text::parse_int(text.substr(0, equals));
  if (!row || *row < 1 || static_cast<uint64_t>(*row) > sample.rows.size())
    return bad_example(text, fmt::format("names a row beyond the {} that were read", sample.rows.size()));
  auto output = TRY(parse_side(text.substr(equals + 1)));
  return synth::Example{sample.rows[static_cast<size_t>(*row) - 1], std::move(output)};
}

synth::Cell cell_of(const table::Column& column, size_t row) {
  if (!column.is_valid(row)) return std::nullopt;
  std::string text;
  column.append_text(text, row);
  return text;
}

}  // namespace

Result<ColumnSample> sample_columns(table::Reader& reader, const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const table::Field& field : reader.schema()->fields()) known.push_back(field.name);
  ColumnSample sample{names.empty() ? known : names, {}};
  std::vector<size_t> indices;
  for (const std::string& name : sample.columns) {
    const auto found = std::find(known.begin(), known.end(), name);
    if (found == known.end())
      return Error{ErrorKind::usage, fmt::format("unknown column '{}'", name), text::suggestion_hint(name, known)};
    indices.push_back(static_cast<size_t>(found - known.begin()));
  }
  while (sample.rows.size() < kLearnRows) {
    const auto batch = TRY(reader.next());
    if (!batch) break;
    for (size_t row = 0; row < batch->rows; ++row) {
      synth::Cells cells;
      for (const size_t index : indices) cells.push_back(cell_of(*batch->columns[index], row));
      sample.rows.push_back(std::move(cells));
    }
  }
  return sample;
}

Result<synth::Example> parse_example(std::string_view text, const ColumnSample& sample) {
  const size_t arrow = text.find("=>");
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (arrow == std::string_view::npos && digits > 0 && digits < text.size() && text[digits] == '=')
    return example_of_row(text, digits, sample);
  if (arrow == std::string_view::npos) return bad_example(text, "has no '=>'");
  synth::Example example;
  std::vector<std::string_view> inputs = {text.substr(0, arrow)};
  if (sample.columns.size() > 1) inputs = split_inputs(text.substr(0, arrow));
  if (inputs.size() != sample.columns.size())
    return bad_example(text, fmt::format("has {} inputs for {} columns", inputs.size(), sample.columns.size()));
  for (const std::string_view input : inputs) example.inputs.push_back(TRY(parse_side(input)));
  example.output = TRY(parse_side(text.substr(arrow + 2)));
  return example;
}

Result<std::vector<synth::Example>> parse_examples(std::string_view text, std::string_view name,
                                                   const ColumnSample& sample) {
  std::vector<synth::Example> examples;
  size_t line = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view one = text.substr(at, end - at);
    ++line;
    at = end + 1;
    if (trimmed(one).empty() || trimmed(one).starts_with('#')) continue;
    examples.push_back(TRY(with_context(parse_example(one, sample), fmt::format("{}:{}", name, line))));
  }
  return examples;
}

Result<SplitFields> learn_split_fields(const ColumnSample& sample) {
  std::vector<synth::Cell> cells;
  for (const synth::Cells& row : sample.rows) cells.push_back(row.front());
  const auto program = synth::learn_split(cells);
  if (!program)
    return Error{ErrorKind::bad_data,
                 fmt::format("no cut is common to the rows of column '{}'", sample.columns.front()),
                 "learn its parts one by one: amlprep learn"};
  size_t fields = 0;
  for (const synth::Cell& cell : cells)
    if (const auto parts = cell ? synth::split_fields(*program, *cell) : std::nullopt)
      fields = std::max(fields, parts->size());
  SplitFields step{{sample.columns.front(), {}}, {}, *program};
  for (size_t i = 1; i <= fields; ++i) step.into.push_back({fmt::format("{}_{}", sample.columns.front(), i), {}});
  return step;
}

Result<std::string> append_step(std::string_view document, std::string_view name, const WriteStep& write) {
  if (trimmed(document).empty()) return fmt::format("version: {}\nsteps:\n{}", kPackageVersion, write(2));
  const text::Yaml tree = TRY(text::parse_yaml(document, name));
  const text::Yaml* steps = tree.find("steps");
  const bool is_last = steps != nullptr && tree.entries().back().key == "steps";
  if (!is_last || steps->kind() != text::Yaml::Kind::sequence || steps->items().empty())
    return Error{ErrorKind::bad_data, fmt::format("cannot append to '{}': its last key is not a list of 'steps'", name),
                 "move 'steps' to the end of the file"};
  // Items stand behind "- ".
  const int column = steps->items().back().column();
  std::string result(document);
  if (!result.ends_with('\n')) result += '\n';
  result += write(static_cast<size_t>(std::max(0, column - 3)));
  TRY(parse_package(result, name));
  return result;
}

}  // namespace aml::prep
