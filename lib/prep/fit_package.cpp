#include "prep/fit_package.h"

#include <fmt/format.h>

#include <algorithm>

#include "prep/fit_step.h"
#include "prep/pipeline.h"
#include "prep/values_text.h"

namespace aml::prep {
namespace {

const FitStep* unfitted(const PackageStep& step) {
  const auto* fit = dynamic_cast<const FitStep*>(step.step.get());
  return fit != nullptr && !fit->has_values() ? fit : nullptr;
}

// Only learns: for a step whose columns nobody knows before. Nothing stands behind it.
class LearnStage final : public Stage {
 public:
  explicit LearnStage(std::unique_ptr<Fit> fit) : fit_(std::move(fit)) {}

  Status push(table::Batch batch, Flow&) override { return fit_->add(batch); }
  Status finish(Flow&) override {
    learned_ = TRY(fit_->finish());
    return {};
  }
  std::optional<text::Json> learned() const override { return learned_; }
  bool is_sated() const override { return fit_->is_sated(); }

 private:
  std::unique_ptr<Fit> fit_;
  std::optional<text::Json> learned_;
};

class LearnStep final : public Step {
 public:
  explicit LearnStep(StepPtr step) : step_(std::move(step)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    TRY(fit().bind_to_learn(input));
    return input;
  }
  StagePtr start(const Resources& resources) const override {
    return std::make_unique<LearnStage>(static_cast<const FitStep&>(*step_).learn(resources));
  }

 private:
  FitStep& fit() { return static_cast<FitStep&>(*step_); }
  StepPtr step_;
};

// In the place of steps that write files: who learns, changes nothing.
class PassStep final : public MapStep {
 public:
  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override { return input; }
  table::Batch process(const table::Batch& batch, Failures&) const override { return batch; }
};

// Leaves what one reading of the table can learn: the steps up to the first whose columns are learned, or up to the
// last that learns at all. False if nothing is left to learn.
bool cut_to_learn(Package& package) {
  std::optional<size_t> last;
  for (size_t i = 0; i < package.steps.size(); ++i) {
    const FitStep* fit = unfitted(package.steps[i]);
    if (fit == nullptr) continue;
    last = i;
    if (fit->makes_learned_columns()) break;
  }
  if (!last) return false;
  const bool is_open = unfitted(package.steps[*last])->makes_learned_columns();
  package.steps.resize(*last + 1);
  for (PackageStep& step : package.steps)
    if (step.name == "write") step.step = std::make_unique<PassStep>();
  if (is_open) package.steps.back().step = std::make_unique<LearnStep>(std::move(package.steps.back().step));
  return true;
}

Result<std::vector<std::optional<text::Json>>> learn(Package package, table::Reader& reader,
                                                     const Resources& resources) {
  Pipeline pipeline = TRY(Pipeline::create(std::move(package), reader.schema(), ErrorPolicy::keep, resources));
  const Emit forget = [](const table::Batch&) { return Status(); };
  while (pipeline.wants_more()) {
    auto batch = TRY(reader.next());
    if (!batch) break;
    TRY(pipeline.push(*std::move(batch), forget));
  }
  TRY(pipeline.finish(forget));
  return pipeline.learned();
}

size_t offset_of_line(std::string_view document, int line) {
  size_t at = 0;
  for (int i = 1; i < line && at < document.size(); ++i) at = std::min(document.size(), document.find('\n', at)) + 1;
  return std::min(at, document.size());
}

// Behind the last line of the block that begins at `begin` with this indentation; not behind empty lines and comments
// that follow it.
size_t end_of_block(std::string_view document, size_t begin, size_t indentation) {
  size_t end = begin;
  for (size_t at = begin; at < document.size();) {
    const size_t found = document.find('\n', at);
    const size_t line_end = found == std::string_view::npos ? document.size() : found + 1;
    const std::string_view line = document.substr(at, line_end - at);
    const size_t first = line.find_first_not_of(" \r\n");
    const bool is_empty = first == std::string_view::npos || line[first] == '#';
    if (!is_empty && first < indentation) break;
    at = line_end;
    if (!is_empty) end = at;
  }
  return end;
}

}  // namespace

std::string insert_values(std::string_view document, const text::Yaml& mapping, const text::Json& values) {
  const size_t line = offset_of_line(document, mapping.line());
  const auto indentation = static_cast<size_t>(mapping.column() - 1);
  const size_t at = line + indentation;
  if (at < document.size() && document[at] == '{') {
    const bool is_empty = mapping.entries().empty();
    return fmt::format("{}values: {}{}{}", document.substr(0, at + 1), values_as_flow(values), is_empty ? "" : ", ",
                       document.substr(at + 1));
  }
  const size_t end = end_of_block(document, line, indentation);
  const bool has_line_end = end > 0 && document[end - 1] == '\n';
  return fmt::format("{}{}{}{}", document.substr(0, end), has_line_end ? "" : "\n",
                     values_as_block("values", values, indentation), document.substr(end));
}

Result<FittedPackage> fit_package(std::string_view document, std::string_view name, const Surroundings& surroundings,
                                  const OpenTable& open, const Resources& resources) {
  FittedPackage fitted{std::string(document)};
  for (;;) {
    Package package = TRY(parse_package(fitted.document, name, surroundings));
    if (!cut_to_learn(package)) return fitted;
    const auto reader = TRY(open());
    const auto learned = TRY(learn(std::move(package), *reader, resources));
    const text::Yaml tree = TRY(text::parse_yaml(fitted.document, name));
    const size_t before = fitted.steps;
    // From the last on, so that the places of those before it stay.
    for (size_t i = learned.size(); i-- > 0;) {
      if (!learned[i]) continue;
      const text::Yaml::Entry& entry = tree.find("steps")->items()[i].entries()[0];
      fitted.document = insert_values(fitted.document, entry.value, *learned[i]);
      ++fitted.steps;
    }
    const Package written = TRY(parse_package(fitted.document, name, surroundings));
    for (size_t i = 0; i < learned.size(); ++i)
      if (learned[i] && unfitted(written.steps[i]) != nullptr)
        return Error{ErrorKind::bad_data, fmt::format("{}: no place for 'values' here", written.steps[i].place),
                     "write the step's arguments as a block of lines, or within { }"};
    AML_CHECK(fitted.steps > before);  // each reading teaches a step, so this ends
  }
}

}  // namespace aml::prep
