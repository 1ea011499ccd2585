// - encode: {columns: {color: one_hot, size: label, age: {quantiles: 4}}}      categories and bins as numbers
#include <fmt/format.h>

#include <algorithm>

#include "prep/aggregate.h"
#include "prep/categories.h"
#include "prep/expression_kernel.h"
#include "prep/fit_step.h"
#include "prep/learned_values.h"
#include "prep/pick.h"
#include "prep/vector.h"

namespace aml::prep {
namespace {

using table::ColumnType;

constexpr size_t kOneHotMax = 1000;
constexpr uint64_t kBinsMax = 1000;

enum class Method : uint8_t { one_hot, label, quantiles, bins };
const std::vector<std::string> kMethods = {"one_hot", "label"};

// What becomes of a value that was not among those learned from.
enum class Unknown : uint8_t { error, ignore };

struct Encoding {
  PlacedName name;
  Method method = Method::label;
  uint64_t bins = 0;
  size_t column = 0;
  ColumnType type = ColumnType::text;

  bool has_categories() const { return method == Method::one_hot || method == Method::label; }
};

struct EncodePlan {
  std::vector<Encoding> columns;
  Unknown unknown = Unknown::error;
  table::SchemaPtr input = {};
};

// Learns the inner edges of bins: of as many rows each, or of one width.
class EdgeFit {
 public:
  EdgeFit(const Encoding& encoding) : is_width_(encoding.method == Method::bins), bins_(encoding.bins) {
    const auto need = [&](std::string_view name, double share) {
      aggregates_.push_back(find_aggregate(name)->make(encoding.type, share));
    };
    if (is_width_) need("min", 0), need("max", 0);
    for (uint64_t i = 1; !is_width_ && i < bins_; ++i)
      need("quantile", static_cast<double>(i) / static_cast<double>(bins_));
  }

  void add(const table::Column& column, std::span<const uint32_t> groups) {
    for (const auto& aggregate : aggregates_) aggregate->add(column, groups, 1);
  }

  uint64_t bytes() const {
    uint64_t bytes = 0;
    for (const auto& aggregate : aggregates_) bytes += aggregate->bytes();
    return bytes;
  }

  text::Json finish() const {
    std::vector<double> found;
    for (const auto& aggregate : aggregates_) {
      const table::ColumnPtr column = aggregate->results(0, 1);
      if (!column->is_valid(0)) return text::Json::array();
      found.push_back(column->type() == ColumnType::float64 ? column->doubles()[0]
                                                            : static_cast<double>(column->ints()[0]));
    }
    std::vector<double> edges = is_width_ ? std::vector<double>() : found;
    for (uint64_t i = 1; is_width_ && i < bins_; ++i)
      edges.push_back(found[0] + (found[1] - found[0]) * static_cast<double>(i) / static_cast<double>(bins_));
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    text::Json list = text::Json::array();
    for (const double edge : edges) list.push(edge);
    return list;
  }

 private:
  bool is_width_;
  uint64_t bins_;
  std::vector<std::unique_ptr<Aggregate>> aggregates_;
};

class EncodeFit final : public Fit {
 public:
  EncodeFit(const EncodePlan& plan, const Resources& resources) : plan_(plan), resources_(resources) {
    for (const Encoding& encoding : plan.columns) {
      categories_.emplace_back(encoding.type);
      edges_.push_back(encoding.has_categories() ? std::nullopt : std::make_optional<EdgeFit>(encoding));
    }
  }

  Status add(const table::Batch& batch) override {
    const std::vector<uint32_t> one_group(batch.rows, 0);
    uint64_t bytes = 0;
    for (size_t i = 0; i < plan_.columns.size(); ++i) {
      const Encoding& encoding = plan_.columns[i];
      const table::ColumnPtr& column = batch.columns[encoding.column];
      if (edges_[i]) edges_[i]->add(*column, one_group);
      else categories_[i].add(column);
      bytes += edges_[i] ? edges_[i]->bytes() : categories_[i].bytes();
      const size_t most = encoding.method == Method::one_hot ? kOneHotMax : kLearnedMax;
      if (categories_[i].count() > most)
        return encoding.name.error(
            fmt::format("column '{}' has more than {} different values", encoding.name.name, most),
            "it is no category; bin it, or put rare values together with 'replace'");
    }
    return check_memory(bytes, "encode", "values", resources_);
  }

  Result<text::Json> finish() override {
    text::Json values = text::Json::object();
    for (size_t i = 0; i < plan_.columns.size(); ++i)
      values.set(plan_.columns[i].name.name, edges_[i] ? edges_[i]->finish() : categories_[i].finish());
    return values;
  }

 private:
  const EncodePlan& plan_;  // of the step, which outlives its fits
  Resources resources_;
  std::vector<CategoryFit> categories_;
  std::vector<std::optional<EdgeFit>> edges_;
};

// One column of integers: `number_of` gives that of a row, or nothing for a missing cell.
template <class NumberOf>
table::ColumnPtr encode_cells(const table::ColumnPtr& column, std::vector<FailedCell> failed, NumberOf number_of) {
  const Vector view = view_column(column);
  Cells cells(column->rows());
  cells.ints.resize(column->rows());
  for (size_t row = 0; row < column->rows(); ++row) {
    const std::optional<int64_t> number = number_of(row);
    if (!number) continue;
    kernel::set_bit(cells.valid, row);
    cells.ints[row] = *number;
  }
  cells.failed = std::move(failed);
  for (const FailedCell& cell : cells.failed) kernel::clear_bit(cells.valid, cell.row);
  cells.pin_all(column->pins());
  return make_column(make_vector(ColumnType::int64, std::move(cells)));
}

class EncodeValues final : public MapStep {
 public:
  explicit EncodeValues(const EncodePlan& plan) : plan_(plan) {}

  Status read(const text::Json& values) {
    for (const Encoding& encoding : plan_.columns) {
      const text::Json* learned = TRY(require_member(values, encoding.name.name));
      Learned& entry = learned_.emplace_back();
      if (encoding.has_categories()) {
        entry.categories = TRY(Categories::read(*learned, encoding.type, encoding.name.name));
        continue;
      }
      if (!learned->is_array())
        return Error{ErrorKind::bad_data, fmt::format("{} must be a list of edges", encoding.name.name)};
      for (const text::Json& edge : learned->items())
        entry.edges.push_back(TRY(number_of_json(edge, encoding.name.name)));
      if (!std::is_sorted(entry.edges.begin(), entry.edges.end()))
        return Error{ErrorKind::bad_data, fmt::format("the edges of {} are not in order", encoding.name.name)};
    }
    return make_schema();
  }

  Result<table::SchemaPtr> bind(const table::SchemaPtr&) override { return schema_; }

  table::Batch process(const table::Batch& batch, Failures& failures) const override {
    std::vector<table::ColumnPtr> columns = batch.columns;
    std::vector<table::ColumnPtr> indicators;
    for (size_t i = 0; i < plan_.columns.size(); ++i) {
      const Encoding& encoding = plan_.columns[i];
      const table::ColumnPtr& source = batch.columns[encoding.column];
      if (encoding.method != Method::one_hot) {
        columns[encoding.column] = encoding.method == Method::label ? labels_of(source, i) : bins_of(source, i);
        failures.count_column(encoding.name.name, batch, *columns[encoding.column], {source});
        continue;
      }
      const std::vector<uint32_t> categories = learned_[i].categories.find(source);
      const std::vector<FailedCell> failed = failed_cells(source, categories);
      for (uint32_t category = 0; category < learned_[i].categories.count(); ++category)
        indicators.push_back(encode_cells(
            source, failed, [&](size_t row) { return std::optional<int64_t>(categories[row] == category ? 1 : 0); }));
      if (!indicators.empty()) failures.count_column(encoding.name.name, batch, *indicators.back(), {source});
      columns[encoding.column] = nullptr;
    }
    std::erase(columns, nullptr);
    columns.insert(columns.end(), indicators.begin(), indicators.end());
    return with_columns(batch, schema_, std::move(columns));
  }

 private:
  struct Learned {
    Categories categories;
    std::vector<double> edges;
  };

  // Encoded columns in their places; those of one_hot go, and an indicator for each category comes at the end.
  Status make_schema() {
    std::vector<table::Field> fields;
    for (size_t column = 0; column < plan_.input->size(); ++column) {
      const auto encoding = std::find_if(plan_.columns.begin(), plan_.columns.end(),
                                         [&](const Encoding& other) { return other.column == column; });
      if (encoding == plan_.columns.end()) fields.push_back((*plan_.input)[column]);
      else if (encoding->method != Method::one_hot) fields.push_back({encoding->name.name, ColumnType::int64});
    }
    for (size_t i = 0; i < plan_.columns.size(); ++i) {
      if (plan_.columns[i].method != Method::one_hot) continue;
      const PlacedName& name = plan_.columns[i].name;
      for (size_t category = 0; category < learned_[i].categories.count(); ++category)
        TRY(add_field(fields, {name.name + "_" + learned_[i].categories.name(category), name.place},
                      ColumnType::int64));
    }
    schema_ = std::make_shared<const table::Schema>(std::move(fields));
    return {};
  }

  // The errors of the source, and the values that are no category.
  std::vector<FailedCell> failed_cells(const table::ColumnPtr& source, const std::vector<uint32_t>& categories) const {
    std::vector<FailedCell> failed = view_column(source).failed;
    if (plan_.unknown == Unknown::ignore) return failed;
    std::vector<FailedCell> unknown;
    for (uint32_t row = 0; row < categories.size(); ++row) {
      if (categories[row] != Categories::kNone || !source->is_valid(row)) continue;
      const bool has_text = !source->texts().empty();
      unknown.push_back(
          {row, table::CellProblem::unknown_category, has_text ? source->texts()[row] : table::TextView()});
    }
    merge_failed(failed, unknown);
    return failed;
  }

  table::ColumnPtr labels_of(const table::ColumnPtr& source, size_t index) const {
    const std::vector<uint32_t> categories = learned_[index].categories.find(source);
    return encode_cells(source, failed_cells(source, categories), [&](size_t row) {
      return categories[row] == Categories::kNone ? std::nullopt : std::optional<int64_t>(categories[row]);
    });
  }

  // A value on an edge belongs to the bin below it.
  table::ColumnPtr bins_of(const table::ColumnPtr& source, size_t index) const {
    const std::vector<double>& edges = learned_[index].edges;
    const bool is_real = source->type() == ColumnType::float64;
    return encode_cells(source, view_column(source).failed, [&](size_t row) -> std::optional<int64_t> {
      if (!source->is_valid(row)) return std::nullopt;
      const double value = is_real ? source->doubles()[row] : static_cast<double>(source->ints()[row]);
      return std::lower_bound(edges.begin(), edges.end(), value) - edges.begin();
    });
  }

  const EncodePlan& plan_;  // of the step, which outlives this
  std::vector<Learned> learned_;
  table::SchemaPtr schema_;
};

class EncodeStep final : public FitStep {
 public:
  EncodeStep(const text::Yaml& arguments, EncodePlan plan) : FitStep(arguments), plan_(std::move(plan)) {}

  bool makes_learned_columns() const override {
    return std::any_of(plan_.columns.begin(), plan_.columns.end(),
                       [](const Encoding& encoding) { return encoding.method == Method::one_hot; });
  }

  std::unique_ptr<Fit> learn(const Resources& resources) const override {
    return std::make_unique<EncodeFit>(plan_, resources);
  }

 protected:
  Status resolve(const table::Schema& input) override {
    plan_.input = this->input();
    for (Encoding& encoding : plan_.columns) {
      encoding.column = TRY(require_column(input, encoding.name));
      encoding.type = input[encoding.column].type;
      if (!encoding.has_categories() && !table::is_numeric(encoding.type))
        return encoding.name.error(fmt::format("bins need a number, column '{}' is of type {}", encoding.name.name,
                                               table::name_of(encoding.type)),
                                   "cast it first");
    }
    return {};
  }

  Result<table::SchemaPtr> known_schema() const override {
    if (makes_learned_columns())
      return error("the columns of one_hot are not known before the rows",
                   "'amlprep fit' learns them and writes them into the package");
    std::vector<table::Field> fields = plan_.input->fields();
    for (const Encoding& encoding : plan_.columns) fields[encoding.column].type = ColumnType::int64;
    return std::make_shared<const table::Schema>(std::move(fields));
  }

  Result<StepPtr> with_values(const text::Json& values) const override {
    auto step = std::make_unique<EncodeValues>(plan_);
    TRY(step->read(values));
    return StepPtr(std::move(step));
  }

 private:
  EncodePlan plan_;
};

Result<Encoding> read_encoding(const PlacedName& name, const text::Yaml& node) {
  Encoding encoding{name};
  if (node.is_scalar()) {
    encoding.method = static_cast<Method>(TRY(read_choice(node, kMethods, "the encoding")));
    return encoding;
  }
  TRY(check_options(node, {"quantiles", "bins"}, "encode"));
  const text::Yaml* quantiles = node.find("quantiles");
  const text::Yaml* bins = node.find("bins");
  if ((quantiles == nullptr) == (bins == nullptr))
    return node.error("an encoding is one_hot, label, quantiles or bins", "for example: age: {quantiles: 4}");
  encoding.method = quantiles != nullptr ? Method::quantiles : Method::bins;
  const text::Yaml& count = quantiles != nullptr ? *quantiles : *bins;
  encoding.bins = TRY(read_count(count, "the number of bins"));
  if (encoding.bins < 2 || encoding.bins > kBinsMax)
    return count.error(fmt::format("the number of bins must be 2 to {}", kBinsMax));
  return encoding;
}

}  // namespace

Result<StepPtr> make_encode_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"columns", "unknown", "values"}, "encode"));
  EncodePlan plan;
  for (auto& [name, value] : TRY(read_entries(*TRY(require_option(node, "columns", "encode")), "columns")))
    plan.columns.push_back(TRY(read_encoding(name, *value)));
  if (const text::Yaml* unknown = node.find("unknown"))
    plan.unknown = static_cast<Unknown>(TRY(read_choice(*unknown, {"error", "ignore"}, "'unknown'")));
  return StepPtr(std::make_unique<EncodeStep>(node, std::move(plan)));
}

}  // namespace aml::prep
