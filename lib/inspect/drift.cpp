#include "inspect/drift.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "table/classify.h"
#include "text/numbers.h"

namespace aml::inspect {
namespace {

using table::ColumnType;
using text::Json;

constexpr double kBinShareMin = 0.05;  // bins of the reference with less are joined with the next
constexpr size_t kLinesMax = 1'000'000;

struct Bins {
  std::vector<uint64_t> before, after;
};

double share(uint64_t part, uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

uint64_t sum_of(const std::vector<uint64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), uint64_t{0});
}

// Half a value in every bin keeps an empty one from making the index infinite.
double smoothed(uint64_t count, uint64_t total, size_t bins) {
  return (static_cast<double>(count) + 0.5) / (static_cast<double>(total) + 0.5 * static_cast<double>(bins));
}

// The reference's bins with one on either side for what lies outside of them, small ones joined.
Bins number_bins(const ColumnReference& reference, const std::vector<double>& numbers) {
  std::vector<double> edges = {reference.edges.front()};
  Bins bins{{0}, {0}};
  const auto total = static_cast<double>(sum_of(reference.counts));
  uint64_t open = 0;
  for (size_t i = 0; i < reference.counts.size(); ++i) {
    open += reference.counts[i];
    const bool is_last = i + 1 == reference.counts.size();
    if (static_cast<double>(open) < kBinShareMin * total && !is_last) continue;
    edges.push_back(reference.edges[i + 1]);
    bins.before.push_back(open);
    open = 0;
  }
  bins.before.push_back(0);
  bins.after.resize(bins.before.size());
  for (const double number : numbers) {
    if (std::isnan(number)) continue;
    // The last bin holds its upper edge, as the histogram's does.
    const bool is_top = number == edges.back();
    const auto place = is_top ? edges.end() - 1 : std::upper_bound(edges.begin(), edges.end(), number);
    ++bins.after[static_cast<size_t>(place - edges.begin())];
  }
  return bins;
}

// The reference's frequent values, and one bin for all others.
Bins value_bins(const ColumnReference& reference, const table::Column& sample) {
  std::map<std::string, size_t, std::less<>> places;
  Bins bins;
  uint64_t known = 0;
  for (const auto& value : reference.top) {
    places.emplace(value.text, bins.before.size());
    bins.before.push_back(value.count);
    known += value.count;
  }
  bins.before.push_back(reference.values - std::min(known, reference.values));
  bins.after.resize(bins.before.size());
  for (size_t row = 0; row < sample.rows(); ++row) {
    if (!sample.is_valid(row)) continue;
    const std::string_view text = sample.texts()[row].view();
    if (reference.type != ColumnType::text && (table::trim(text).empty() || table::is_missing_word(table::trim(text))))
      continue;
    const auto place = places.find(text.substr(0, table::ValueCounter::kTextMax));
    ++bins.after[place == places.end() ? bins.before.size() - 1 : place->second];
  }
  return bins;
}

bool have_same_kind(ColumnType a, ColumnType b) { return a == b || (table::is_numeric(a) && table::is_numeric(b)); }

ColumnDrift compare(const ColumnReference& reference, const table::ColumnProfile& profile,
                    const table::Column& sample) {
  ColumnDrift drift{reference.name, ColumnFate::stayed, share(reference.missing, reference.rows),
                    share(profile.missing, profile.rows)};
  if (reference.values == 0 || profile.values == 0) return drift;
  if (!have_same_kind(reference.type, profile.type)) {
    drift.fate = ColumnFate::changed_type;
    return drift;
  }
  const bool is_ordered = reference.edges.size() > 1;
  const Bins bins =
      is_ordered ? number_bins(reference, numbers_of(sample, profile.type)) : value_bins(reference, sample);
  drift.psi = population_stability_index(bins.before, bins.after);
  drift.js = jensen_shannon_divergence(bins.before, bins.after);
  if (is_ordered) drift.ks = kolmogorov_smirnov_distance(bins.before, bins.after);
  return drift;
}

std::optional<double> edge_value(const Json& edge, ColumnType type) {
  if (edge.is_number()) return edge.as_double();
  if (!edge.is_string() || (type != ColumnType::date && type != ColumnType::timestamp)) return std::nullopt;
  const table::Scalar scalar = table::parse_scalar(edge.string(), type);
  if (scalar.problem) return std::nullopt;
  return static_cast<double>(scalar.whole) * (type == ColumnType::date ? 86'400 : 1e-9);
}

uint64_t count_or_zero(const Json& json) {
  return static_cast<uint64_t>(std::max<int64_t>(json.as_int().value_or(0), 0));
}

// Nothing where the histogram is not one: no column is trusted to have been written by us.
bool read_histogram(const Json& histogram, ColumnReference& column) {
  for (const Json& edge : histogram["edges"].items()) {
    const auto value = edge_value(edge, column.type);
    if (!value || (!column.edges.empty() && *value < column.edges.back())) return false;
    column.edges.push_back(*value);
  }
  for (const Json& count : histogram["counts"].items()) column.counts.push_back(count_or_zero(count));
  return column.edges.size() == column.counts.size() + 1 && !column.counts.empty();
}

std::optional<ColumnReference> read_column(const Json& record) {
  const auto type = table::parse_column_type(record.string_or("value_type", ""));
  if (!type || !record["name"].is_string() || !record["rows"].is_number()) return std::nullopt;
  ColumnReference column{record["name"].string(), *type, count_or_zero(record["rows"]), count_or_zero(record["values"]),
                         count_or_zero(record["missing"])};
  if (record.find("histogram") != nullptr && !read_histogram(record["histogram"], column)) return std::nullopt;
  for (const Json& value : record["top"].items())
    column.top.push_back({value.string_or("value", ""), count_or_zero(value["count"])});
  return column;
}

Json optional_json(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

}  // namespace

double population_stability_index(const std::vector<uint64_t>& before, const std::vector<uint64_t>& after) {
  const uint64_t total_before = sum_of(before), total_after = sum_of(after);
  double index = 0;
  for (size_t i = 0; i < before.size(); ++i) {
    const double p = smoothed(before[i], total_before, before.size()),
                 q = smoothed(after[i], total_after, after.size());
    index += (q - p) * std::log(q / p);
  }
  return index;
}

double jensen_shannon_divergence(const std::vector<uint64_t>& before, const std::vector<uint64_t>& after) {
  const uint64_t total_before = sum_of(before), total_after = sum_of(after);
  double divergence = 0;
  for (size_t i = 0; i < before.size(); ++i) {
    const double p = share(before[i], total_before), q = share(after[i], total_after), middle = (p + q) / 2;
    if (p > 0) divergence += 0.5 * p * std::log2(p / middle);
    if (q > 0) divergence += 0.5 * q * std::log2(q / middle);
  }
  return divergence;
}

double kolmogorov_smirnov_distance(const std::vector<uint64_t>& before, const std::vector<uint64_t>& after) {
  const uint64_t total_before = sum_of(before), total_after = sum_of(after);
  double distance = 0;
  uint64_t p = 0, q = 0;
  for (size_t i = 0; i < before.size(); ++i) {
    p += before[i];
    q += after[i];
    distance = std::max(distance, std::abs(share(p, total_before) - share(q, total_after)));
  }
  return distance;
}

std::string_view name_of(ColumnFate fate) {
  switch (fate) {
    case ColumnFate::stayed: return "stayed";
    case ColumnFate::went: return "went";
    case ColumnFate::came: return "came";
    default: return "changed_type";
  }
}

ProfileReference reference_of(const table::TableProfile& profile) {
  ProfileReference reference{profile.source, {}};
  for (const table::ColumnProfile& column : profile.columns) {
    ColumnReference known{column.name, column.type, column.rows, column.values, column.missing};
    known.top = column.top;
    if (column.numbers) {
      const table::Histogram& histogram = column.numbers->histogram;
      known.counts = histogram.counts;
      for (size_t i = 0; i <= histogram.counts.size(); ++i)
        known.edges.push_back(histogram.begin + static_cast<double>(i) * histogram.bin_width);
    }
    reference.columns.push_back(std::move(known));
  }
  return reference;
}

Result<ProfileReference> parse_profile(std::string_view text, std::string_view name) {
  ProfileReference reference{std::string(name), {}};
  uint64_t line = 0;
  while (!text.empty()) {
    const std::string_view record_text = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), record_text.size() + 1));
    ++line;
    if (table::trim(record_text).empty()) continue;
    const Json record = TRY(text::parse_json(record_text, {name, line}));
    if (record.string_or("type", "") != "column") continue;
    auto column = read_column(record);
    if (!column || line > kLinesMax)
      return Error{ErrorKind::bad_data, fmt::format("{}:{}: not a column of a profile", name, line),
                   "write one with: amlprep profile --json --top 50 data.csv > profile.jsonl"};
    reference.columns.push_back(std::move(*column));
  }
  if (reference.columns.empty())
    return Error{ErrorKind::bad_data, fmt::format("{}: no column of a profile", name),
                 "write one with: amlprep profile --json --top 50 data.csv > profile.jsonl"};
  return reference;
}

Result<ProfileReference> read_profile(const Path& path) {
  const std::string text = TRY(os::read_file(path));
  return parse_profile(text, path.string());
}

std::vector<ColumnDrift> measure_drift(const ProfileReference& reference, const TableInspection& current) {
  std::vector<ColumnDrift> drifts;
  const auto& columns = current.profile.columns;
  for (const ColumnReference& before : reference.columns) {
    const auto after =
        std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.name == before.name; });
    if (after == columns.end()) {
      drifts.push_back({before.name, ColumnFate::went, share(before.missing, before.rows), 1});
      continue;
    }
    drifts.push_back(compare(before, *after, *current.sample.columns[static_cast<size_t>(after - columns.begin())]));
  }
  for (const table::ColumnProfile& column : columns) {
    const bool is_known = std::any_of(reference.columns.begin(), reference.columns.end(),
                                      [&](const ColumnReference& before) { return before.name == column.name; });
    if (!is_known) drifts.push_back({column.name, ColumnFate::came, 1, share(column.missing, column.rows)});
  }
  return drifts;
}

text::Fields describe(const ColumnDrift& drift) {
  text::Fields record{.type = "drift", .id = drift.name, .fields = {}};
  record.add("name", drift.name).add("fate", std::string(name_of(drift.fate)));
  record.add("missing_before", drift.missing_before).add("missing_after", drift.missing_after);
  record.add("psi", optional_json(drift.psi)).add("js", optional_json(drift.js)).add("ks", optional_json(drift.ks));
  return record;
}

}  // namespace aml::inspect
