// - cluster: {columns: {city: fingerprint, name: {distance: 2}}}      one writing for what was written in several ways
#include <fmt/format.h>

#include <unordered_map>

#include "prep/cell_value.h"
#include "prep/fit_step.h"
#include "prep/learned_values.h"
#include "prep/pick.h"
#include "prep/text_clusters.h"

namespace aml::prep {
namespace {

using table::ColumnType;

constexpr size_t kDistanceMax = 10;
constexpr size_t kNgramMax = 10;

struct Clustered {
  PlacedName name;
  ClusterOptions options = {};
  size_t column = 0;
};

class ClusterFit final : public Fit {
 public:
  ClusterFit(const std::vector<Clustered>& columns, const Resources& resources)
      : columns_(columns), resources_(resources), counts_(columns.size()) {}

  Status add(const table::Batch& batch) override {
    for (size_t i = 0; i < columns_.size(); ++i) {
      const table::Column& column = *batch.columns[columns_[i].column];
      for (size_t row = 0; row < batch.rows; ++row) {
        if (!column.is_valid(row)) continue;
        const auto [entry, is_new] = counts_[i].try_emplace(std::string(column.texts()[row].view()), 0);
        ++entry->second;
        if (is_new) bytes_ += kNodeBytes + entry->first.size();
      }
    }
    // Clustering needs about as much again for its blocks.
    return check_memory(2 * bytes_, "cluster", "different values", resources_);
  }

  Result<text::Json> finish() override {
    text::Json values = text::Json::object();
    for (size_t i = 0; i < columns_.size(); ++i) {
      text::Json canonical = text::Json::object();
      for (auto& [from, to] : cluster_texts(counts_[i], columns_[i].options)) canonical.append_member(from, to);
      values.set(columns_[i].name.name, std::move(canonical));
    }
    return values;
  }

 private:
  static constexpr uint64_t kNodeBytes = 96;  // of a map, about
  const std::vector<Clustered>& columns_;     // of the step, which outlives its fits
  Resources resources_;
  std::vector<std::map<std::string, uint64_t>> counts_;
  uint64_t bytes_ = 0;
};

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
using Writings = std::unordered_map<std::string, table::Bytes, TextHash, std::equal_to<>>;

class ClusterValues final : public MapStep {
 public:
  ClusterValues(const std::vector<Clustered>& columns, std::vector<Writings> writings)
      : columns_(columns), writings_(std::move(writings)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override { return input; }

  table::Batch process(const table::Batch& batch, Failures&) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    for (size_t i = 0; i < columns_.size(); ++i) {
      table::ColumnPtr& column = columns[columns_[i].column];
      if (!writings_[i].empty()) column = rewrite(*column, writings_[i]);
    }
    return with_columns(batch, batch.schema, std::move(columns));
  }

 private:
  static table::ColumnPtr rewrite(const table::Column& column, const Writings& writings) {
    table::ColumnBuilder builder = start_copy(column);
    for (size_t row = 0; row < column.rows(); ++row) {
      const auto found = column.is_valid(row) ? writings.find(column.texts()[row].view()) : writings.end();
      if (found == writings.end()) {
        copy_cell(builder, column, row);
        continue;
      }
      if (found->second->size() > table::TextView::kInlineMax) builder.append_owned_text(*found->second);
      else builder.append_text(table::TextView(*found->second));
    }
    return builder.finish();
  }

  const std::vector<Clustered>& columns_;  // of the step, which outlives this
  std::vector<Writings> writings_;
};

class ClusterStep final : public FitStep {
 public:
  ClusterStep(const text::Yaml& arguments, std::vector<Clustered> columns)
      : FitStep(arguments), columns_(std::move(columns)) {}

  std::unique_ptr<Fit> learn(const Resources& resources) const override {
    return std::make_unique<ClusterFit>(columns_, resources);
  }

 protected:
  Status resolve(const table::Schema& input) override {
    for (Clustered& clustered : columns_) {
      clustered.column = TRY(require_column(input, clustered.name));
      const ColumnType type = input[clustered.column].type;
      if (type != ColumnType::text)
        return clustered.name.error(fmt::format("'cluster' works on text, column '{}' is of type {}",
                                                clustered.name.name, table::name_of(type)),
                                    "put 'cluster' before 'cast'");
    }
    return {};
  }

  Result<table::SchemaPtr> known_schema() const override { return input(); }

  Result<StepPtr> with_values(const text::Json& values) const override {
    std::vector<Writings> writings;
    for (const Clustered& clustered : columns_) {
      const text::Json* learned = TRY(require_member(values, clustered.name.name));
      if (!learned->is_object())
        return Error{ErrorKind::bad_data, fmt::format("{} must be a mapping of old to new values", clustered.name.name),
                     "amlprep fit writes it"};
      Writings& entry = writings.emplace_back();
      for (const auto& [from, to] : learned->members()) {
        const CellValue value = TRY(cell_of_json(to, ColumnType::text, clustered.name.name));
        if (value.is_missing())
          return Error{ErrorKind::bad_data, fmt::format("'{}' has no new value", from),
                       "'replace' makes cells missing"};
        entry.emplace(from, std::make_shared<const std::string>(value.text()));
      }
    }
    return StepPtr(std::make_unique<ClusterValues>(columns_, std::move(writings)));
  }

 private:
  std::vector<Clustered> columns_;
};

// fingerprint, {ngrams: 2} or {distance: 1}
Result<ClusterOptions> read_method(const text::Yaml& node) {
  if (node.is_scalar()) {
    TRY(read_choice(node, {"fingerprint"}, "the method of 'cluster'"));
    return ClusterOptions{};
  }
  TRY(check_options(node, {"ngrams", "distance"}, "cluster"));
  const text::Yaml* ngrams = node.find("ngrams");
  const text::Yaml* distance = node.find("distance");
  if ((ngrams == nullptr) == (distance == nullptr))
    return node.error("a method of 'cluster' is fingerprint, ngrams or distance", "for example: city: {distance: 2}");
  const text::Yaml& number = ngrams != nullptr ? *ngrams : *distance;
  const size_t most = ngrams != nullptr ? kNgramMax : kDistanceMax;
  ClusterOptions options{ngrams != nullptr ? ClusterMethod::ngrams : ClusterMethod::distance};
  options.number = TRY(read_count(number, ngrams != nullptr ? "'ngrams'" : "'distance'"));
  if (options.number < 1 || options.number > most)
    return number.error(fmt::format("{} must be 1 to {}", ngrams != nullptr ? "'ngrams'" : "'distance'", most));
  return options;
}

}  // namespace

Result<StepPtr> make_cluster_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"columns", "values"}, "cluster"));
  std::vector<Clustered> columns;
  for (auto& [name, value] : TRY(read_entries(*TRY(require_option(node, "columns", "cluster")), "columns"))) {
    auto method = TRY(read_method(*value));
    columns.push_back({name, std::move(method)});
  }
  return StepPtr(std::make_unique<ClusterStep>(node, std::move(columns)));
}

}  // namespace aml::prep
