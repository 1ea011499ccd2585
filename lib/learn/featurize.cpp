#include "learn/featurize.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "os/parallel.h"

namespace aml::learn {
namespace {

using table::Column;
using table::ColumnType;

// A text column is an identifier when it has more distinct values than this and most rows have their own.
constexpr size_t kIdentifierDistinctMin = 20;
constexpr double kNanosecondsPerSecond = 1e9;

bool is_number_like(ColumnType type) { return type != ColumnType::text && type != ColumnType::boolean; }

double number_at(const Column& column, size_t row) {
  if (!column.is_valid(row)) return std::numeric_limits<double>::quiet_NaN();
  if (column.type() == ColumnType::float64) return column.doubles()[row];
  const auto value = static_cast<double>(column.ints()[row]);
  return column.type() == ColumnType::timestamp ? value / kNanosecondsPerSecond : value;
}

void drop(EncodedColumn& column, DropReason reason, std::string note) {
  column.plan.use = ColumnUse::dropped;
  column.plan.dropped = reason;
  column.plan.note = std::move(note);
  column.numbers = {};
  column.codes = {};
}

// Mean and deviation over the training rows, by Welford's update: the naive sum of squares loses all digits when
// the mean is much larger than the spread.
void measure(EncodedColumn& column, size_t train_rows) {
  double count = 0, mean = 0, squares = 0;
  for (size_t row = 0; row < train_rows; ++row) {
    const double value = column.numbers[row];
    if (std::isnan(value)) continue;
    count += 1;
    const double step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  column.plan.missing = train_rows - static_cast<uint64_t>(count);
  column.plan.mean = mean;
  const double deviation = count == 0 ? 0 : std::sqrt(squares / count);
  column.plan.deviation = deviation > 0 && std::isfinite(deviation) ? deviation : 1;
  if (count == 0) drop(column, DropReason::useless, "has no value");
  else if (!std::isfinite(mean) || !std::isfinite(squares))
    drop(column, DropReason::useless, "has values too large to average");
  else if (squares == 0 && column.plan.missing == 0)
    drop(column, DropReason::useless, "has the same value in all rows");
}

void encode_numbers(const table::Table& table, size_t source, const RowOrder& order, EncodedColumn& column) {
  column.plan.use = ColumnUse::number;
  column.numbers.resize(order.rows);
  size_t row = 0;
  for (const table::Batch& batch : table.batches) {
    const Column& cells = *batch.columns[source];
    for (size_t i = 0; i < batch.rows; ++i, ++row)
      if (order.position[row] != kRowDropped) column.numbers[order.position[row]] = number_at(cells, i);
  }
  measure(column, order.train_rows);
}

// Distinct texts, numbered as they appear, with how often the training rows have each.
class CategoryCounter {
 public:
  uint32_t add(std::string_view text, bool is_training) {
    scratch_.assign(text);
    const auto [place, is_new] = numbers_.try_emplace(scratch_, static_cast<uint32_t>(texts_.size()));
    if (is_new) {
      texts_.push_back(scratch_);
      counts_.push_back(0);
    }
    if (is_training) ++counts_[place->second];
    return place->second;
  }
  const std::vector<std::string>& texts() const { return texts_; }
  const std::vector<uint64_t>& counts() const { return counts_; }

 private:
  std::string scratch_;
  std::unordered_map<std::string, uint32_t> numbers_;
  std::vector<std::string> texts_;
  std::vector<uint64_t> counts_;
};

void read_categories(const table::Table& table, size_t source, const RowOrder& order, CategoryCounter& counter,
                     std::vector<uint32_t>& codes) {
  codes.resize(order.rows);
  std::string text;
  size_t row = 0;
  for (const table::Batch& batch : table.batches) {
    const Column& cells = *batch.columns[source];
    for (size_t i = 0; i < batch.rows; ++i, ++row) {
      const uint32_t position = order.position[row];
      if (position == kRowDropped) continue;
      text.clear();
      if (cells.is_valid(i)) cells.append_text(text, i);
      codes[position] = counter.add(text, position < order.train_rows);
    }
  }
}

// The categories to keep: the most frequent ones in training, the earlier text on ties; ascending.
std::vector<uint32_t> choose_categories(const CategoryCounter& counter, size_t limit) {
  std::vector<uint32_t> kept;
  for (uint32_t i = 0; i < counter.texts().size(); ++i)
    if (counter.counts()[i] != 0) kept.push_back(i);
  const auto by_text = [&](uint32_t a, uint32_t b) { return counter.texts()[a] < counter.texts()[b]; };
  std::sort(kept.begin(), kept.end(), by_text);
  std::stable_sort(kept.begin(), kept.end(),
                   [&](uint32_t a, uint32_t b) { return counter.counts()[a] > counter.counts()[b]; });
  kept.resize(std::min(kept.size(), limit));
  std::sort(kept.begin(), kept.end(), by_text);
  return kept;
}

void renumber(const std::vector<uint32_t>& kept, const CategoryCounter& counter, EncodedColumn& column) {
  std::vector<uint32_t> code_of(counter.texts().size(), static_cast<uint32_t>(kept.size()));
  for (uint32_t i = 0; i < kept.size(); ++i) {
    code_of[kept[i]] = i;
    column.plan.categories.push_back(counter.texts()[kept[i]]);
  }
  for (uint32_t& code : column.codes) code = code_of[code];
}

void encode_categories(const table::Table& table, size_t source, const RowOrder& order, size_t limit,
                       EncodedColumn& column) {
  column.plan.use = ColumnUse::categories;
  CategoryCounter counter;
  read_categories(table, source, order, counter, column.codes);
  size_t distinct = 0;
  for (size_t i = 0; i < counter.texts().size(); ++i) {
    if (counter.texts()[i].empty()) column.plan.missing = counter.counts()[i];
    else if (counter.counts()[i] != 0) ++distinct;
  }
  const size_t present = order.train_rows - column.plan.missing;
  if (distinct == 0) return drop(column, DropReason::useless, "has no value");
  if (distinct == 1 && column.plan.missing == 0)
    return drop(column, DropReason::useless, "has the same value in all rows");
  if (distinct > kIdentifierDistinctMin && distinct > present / 2)
    return drop(column, DropReason::useless,
                fmt::format("looks like an identifier: {} distinct values in {} rows", distinct, present));
  const std::vector<uint32_t> kept = choose_categories(counter, limit);
  const size_t all = distinct + (column.plan.missing != 0 ? 1 : 0);
  if (kept.size() < all) column.plan.note = fmt::format("the {} most frequent of {} values are used", kept.size(), all);
  renumber(kept, counter, column);
}

// By column of the table: whether the user lets it be used.
Result<std::vector<bool>> chosen_columns(const table::Schema& schema, const FeatureOptions& options) {
  std::vector<bool> is_chosen(schema.size(), options.columns.empty());
  for (const std::string& name : options.columns) is_chosen[TRY(schema.require(name, "the header"))] = true;
  for (const std::string& name : options.drop) is_chosen[TRY(schema.require(name, "the header"))] = false;
  return is_chosen;
}

}  // namespace

std::string_view name_of(ColumnUse use) {
  switch (use) {
    case ColumnUse::number: return "number";
    case ColumnUse::categories: return "categories";
    case ColumnUse::dropped: return "dropped";
  }
  return "dropped";
}

Result<FeatureTable> encode_columns(const table::Table& table, const RowOrder& order, const FeatureOptions& options,
                                    const Cancel* cancel) {
  const table::Schema& schema = *table.schema;
  const std::vector<bool> is_chosen = TRY(chosen_columns(schema, options));
  FeatureTable features{
      .columns = std::vector<EncodedColumn>(schema.size()), .rows = order.rows, .train_rows = order.train_rows};
  const auto is_stopped = [&] { return cancel != nullptr && cancel->is_requested(); };
  os::parallel_for(schema.size(), options.threads, [&](size_t i) {
    EncodedColumn& column = features.columns[i];
    column.plan.field = schema[i];
    if (i == options.label) drop(column, DropReason::label, "is the label");
    else if (!is_chosen[i]) drop(column, DropReason::request, "was left out on request");
    else if (is_stopped()) return;
    else if (is_number_like(schema[i].type)) encode_numbers(table, i, order, column);
    else encode_categories(table, i, order, options.max_categories, column);
  });
  if (cancel != nullptr) TRY(cancel->check());
  const bool any_left = std::any_of(features.columns.begin(), features.columns.end(),
                                    [](const EncodedColumn& column) { return column.plan.use != ColumnUse::dropped; });
  if (!any_left)
    return Error{ErrorKind::bad_data, fmt::format("no column is left to predict '{}' from", schema[options.label].name),
                 "'amlprep profile' shows what each column holds; see --columns and --drop"};
  return features;
}

text::Json to_json(const ColumnPlan& plan) {
  text::Json json = text::Json::object(
      {{"name", plan.field.name}, {"type", table::name_of(plan.field.type)}, {"use", name_of(plan.use)}});
  if (!plan.note.empty()) json.set("note", plan.note);
  if (plan.use == ColumnUse::dropped) return json;
  json.set("missing", plan.missing);
  if (plan.use == ColumnUse::number) json.set("mean", plan.mean).set("deviation", plan.deviation);
  else json.set("categories", uint64_t{plan.categories.size()});
  return json;
}

std::vector<Feature> list_features(const std::vector<EncodedColumn>& columns, Indicators indicators) {
  std::vector<Feature> features;
  for (size_t i = 0; i < columns.size(); ++i)
    if (columns[i].plan.use == ColumnUse::number) features.push_back({Feature::Kind::number, i});
  for (size_t i = 0; i < columns.size() && indicators == Indicators::yes; ++i)
    if (columns[i].plan.use == ColumnUse::number && columns[i].plan.missing != 0)
      features.push_back({Feature::Kind::missing_indicator, i});
  for (size_t i = 0; i < columns.size(); ++i)
    for (uint32_t c = 0; c < columns[i].plan.categories.size(); ++c)
      features.push_back({Feature::Kind::category, i, c});
  return features;
}

}  // namespace aml::learn
