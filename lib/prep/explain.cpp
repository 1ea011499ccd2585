#include "prep/explain.h"

#include <fmt/format.h>

#include "prep/learn_table.h"
#include "synth/program_text.h"

namespace aml::prep {
namespace {

// The text of one branch, cut into its guard and its pieces.
BranchExplanation take_apart(const synth::Branch& branch, size_t index, const std::vector<std::string>& columns) {
  std::string text = synth::to_text({{branch}}, columns);
  text.pop_back();  // the line feed
  BranchExplanation explanation;
  synth::Branch bare = branch;
  bare.guard.clear();
  explanation.result = synth::to_text({{bare}}, columns);
  explanation.result.pop_back();
  if (branch.guard.empty()) explanation.guard = index == 0 ? "always" : "otherwise";
  else explanation.guard = text.substr(5, text.size() - explanation.result.size() - 7);  // between "when " and ": "
  for (const synth::Piece& piece : branch.pieces)
    if (const auto* literal = std::get_if<synth::LiteralPiece>(&piece))
      explanation.constants += fmt::format("{}'{}'", explanation.constants.empty() ? "" : ", ", literal->text);
  return explanation;
}

std::string trace(const synth::Branch& branch, const synth::Example& example) {
  if (branch.is_null) return "null";
  const auto row = synth::view_of(example.inputs);
  std::string text;
  for (const synth::Piece& piece : branch.pieces) {
    std::string part;
    if (!synth::append_pieces(part, {piece}, row)) return "no value";
    text += fmt::format("{}'{}'", text.empty() ? "" : " + ", part);
  }
  return text;
}

}  // namespace

Result<std::vector<ByExample>> learned_steps(std::string_view document, std::string_view name) {
  const text::Yaml tree = TRY(text::parse_yaml(document, name));
  std::vector<ByExample> learned;
  const text::Yaml* steps = tree.find("steps");
  if (steps == nullptr) return learned;
  for (const text::Yaml& step : steps->items())
    if (const text::Yaml* node = step.find("derive_by_example")) learned.push_back(TRY(read_by_example(*node)));
  return learned;
}

Explanation explain(const ByExample& step) {
  Explanation explanation{step.into.name, {}, 0};
  const std::vector<std::string> columns = step.columns();
  for (const synth::Branch& branch : step.program.branches)
    explanation.branches.push_back(take_apart(branch, explanation.branches.size(), columns));
  for (const synth::Example& example : step.examples) {
    const auto taken = synth::branch_of(step.program, synth::view_of(example.inputs));
    if (taken && explanation.branches[*taken].example.empty())
      explanation.branches[*taken].example = trace(step.program.branches[*taken], example);
  }
  return explanation;
}

Status count_branches(Explanation& explanation, const ByExample& step, table::Reader& reader) {
  std::string out;
  while (true) {
    const ColumnSample sample = TRY(sample_columns(reader, step.columns()));
    for (const synth::Cells& cells : sample.rows) {
      const auto row = synth::view_of(cells);
      const auto taken = synth::branch_of(step.program, row);
      out.clear();
      if (!taken || synth::run(step.program, row, out) == synth::Outcome::outside) ++explanation.rows_outside;
      else ++explanation.branches[*taken].rows;
    }
    if (sample.rows.empty()) return {};
  }
}

}  // namespace aml::prep
