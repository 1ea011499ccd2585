#include "prep/by_example.h"

#include <fmt/format.h>

#include <algorithm>

#include "synth/program_text.h"

namespace aml::prep {
namespace {

constexpr std::string_view kStep = "derive_by_example";

Result<synth::Cell> read_cell(const text::Yaml& node) {
  if (node.is_null()) return synth::Cell();
  if (!node.is_scalar()) return node.error("a cell of an example must be text or null");
  return synth::Cell(node.scalar());
}

Result<synth::Example> read_example(const text::Yaml& node, size_t columns) {
  TRY(check_options(node, {"input", "output"}, "an example"));
  const text::Yaml& input = *TRY(require_option(node, "input", "an example"));
  synth::Example example;
  if (input.kind() == text::Yaml::Kind::sequence) {
    for (const text::Yaml& cell : input.items()) example.inputs.push_back(TRY(read_cell(cell)));
  } else {
    example.inputs.push_back(TRY(read_cell(input)));
  }
  if (example.inputs.size() != columns)
    return input.error(
        fmt::format("the example has {} inputs, 'from' names {} columns", example.inputs.size(), columns));
  example.output = TRY(read_cell(*TRY(require_option(node, "output", "an example"))));
  return example;
}

// An error of the program's text, put at its place in the file: the text begins on the line behind "program: |".
Error placed(const text::Yaml& node, const Error& error) {
  return node.error(fmt::format("the program at {}", error.message), error.hint);
}

std::string cell_in_yaml(const synth::Cell& cell) { return cell ? in_yaml(*cell) : "null"; }

}  // namespace

std::vector<std::string> ByExample::columns() const {
  std::vector<std::string> names;
  for (const PlacedName& name : from) names.push_back(name.name);
  return names;
}

Result<ByExample> read_by_example(const text::Yaml& node) {
  TRY(check_options(node, {"from", "into", "examples", "program", "version"}, kStep));
  if (const text::Yaml* version = node.find("version");
      version != nullptr && version->as_int() != synth::kProgramVersion)
    return version->error(fmt::format("the version of the program is not {}", synth::kProgramVersion),
                          "this file was written by a newer amlprep");
  ByExample step;
  step.from = TRY(read_names(*TRY(require_option(node, "from", kStep)), "from"));
  step.into = TRY(read_name(*TRY(require_option(node, "into", kStep)), "'into' of 'derive_by_example'"));
  if (const text::Yaml* examples = node.find("examples")) {
    if (examples->kind() != text::Yaml::Kind::sequence) return examples->error("'examples' must be a list");
    for (const text::Yaml& example : examples->items())
      step.examples.push_back(TRY(read_example(example, step.from.size())));
  }
  const text::Yaml& program = *TRY(require_option(node, "program", kStep));
  if (!program.is_scalar()) return program.error("'program' must be text");
  Result<synth::Program> parsed = synth::parse_program(program.scalar(), step.columns());
  if (!parsed.ok()) return placed(program, parsed.error());
  step.program = std::move(*parsed);
  return step;
}

std::string write_by_example(const ByExample& step, size_t indent) {
  const std::string margin(indent, ' ');
  std::vector<std::string> names;
  for (const PlacedName& name : step.from) names.push_back(in_yaml(name.name));
  std::string out = fmt::format("{}- derive_by_example:\n", margin);
  out += fmt::format("{}    from: [{}]\n", margin, fmt::join(names, ", "));
  out += fmt::format("{}    into: {}\n", margin, in_yaml(step.into.name));
  out += fmt::format("{}    version: {}\n", margin, synth::kProgramVersion);
  out += fmt::format("{}    examples:\n", margin);
  for (const synth::Example& example : step.examples) {
    std::vector<std::string> inputs;
    for (const synth::Cell& cell : example.inputs) inputs.push_back(cell_in_yaml(cell));
    out += fmt::format("{}      - {{input: [{}], output: {}}}\n", margin, fmt::join(inputs, ", "),
                       cell_in_yaml(example.output));
  }
  out += fmt::format("{}    program: |\n", margin);
  const std::string program = synth::to_text(step.program, step.columns());
  for (size_t at = 0; at < program.size();) {
    const size_t end = program.find('\n', at);
    out += fmt::format("{}      {}\n", margin, std::string_view(program).substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace aml::prep
