#include "prep/partition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/random.h"
#include "table/cast.h"
#include "table/classify.h"
#include "table/quantile_sketch.h"
#include "table/value_counter.h"
#include "text/numbers.h"

namespace aml::prep {
namespace {

using table::ColumnType;

constexpr size_t kPartsMax = 100;
constexpr size_t kExactTimes = 4'000'000;  // beyond, the moments where parts meet are found within 0.1 % of the rows

// The shares summed up, without the last: a number from 0 to 1 belongs to the first part whose end lies above it.
std::vector<double> ends_of(const std::vector<Part>& parts) {
  std::vector<double> ends;
  double end = 0;
  for (size_t i = 0; i + 1 < parts.size(); ++i) ends.push_back(end += parts[i].share);
  return ends;
}

uint32_t part_of(double value, const std::vector<double>& ends) {
  return static_cast<uint32_t>(std::upper_bound(ends.begin(), ends.end(), value) - ends.begin());
}

class HashPartitioner final : public Partitioner {
 public:
  HashPartitioner(const table::Schema& schema, std::vector<size_t> by, const PartitionOptions& options)
      : by_(std::move(by)),
        group_keys_(parts_of(by_)),
        row_keys_(all_of(schema)),
        random_(options.seed, 2),
        ends_(ends_of(options.parts)) {}

  Result<std::vector<uint32_t>> assign(const table::Batch& batch) override {
    groups_.encode(group_keys_, batch);
    rows_.encode(row_keys_, batch);
    std::vector<uint32_t> parts(batch.rows);
    for (size_t row = 0; row < batch.rows; ++row) {
      const std::string_view key = has_group(batch, row) ? groups_[row] : rows_[row];
      parts[row] = part_of(random_.unit_at(table::hash_text(key)), ends_);
    }
    return parts;
  }

 private:
  static std::vector<KeyPart> parts_of(const std::vector<size_t>& columns) {
    std::vector<KeyPart> parts;
    for (const size_t column : columns) parts.push_back({column});
    return parts;
  }
  static std::vector<KeyPart> all_of(const table::Schema& schema) {
    std::vector<KeyPart> parts;
    for (size_t column = 0; column < schema.size(); ++column) parts.push_back({column});
    return parts;
  }
  bool has_group(const table::Batch& batch, size_t row) const {
    return std::any_of(by_.begin(), by_.end(), [&](size_t column) { return batch.columns[column]->is_valid(row); });
  }

  std::vector<size_t> by_;
  KeyEncoder group_keys_, row_keys_;
  BatchKeys groups_, rows_;
  Random random_;
  std::vector<double> ends_;
};

// Of one column: what its values are as numbers that can be compared.
class TimeColumn {
 public:
  TimeColumn(size_t index, std::string name) : index_(index), name_(std::move(name)) {}

  Result<double> at(const table::Batch& batch, size_t row) {
    std::string text;
    batch.columns[index_]->append_text(text, row);
    const std::string_view value = table::trim(text);
    const table::Classified classified = value.empty() ? table::Classified() : table::classify(value);
    const table::Scalar& scalar = classified.scalar;
    switch (classified.type) {
      case ColumnType::date: return check(Kind::time, batch, row, value, static_cast<double>(scalar.whole) * 86'400);
      case ColumnType::timestamp: return check(Kind::time, batch, row, value, static_cast<double>(scalar.whole) * 1e-9);
      case ColumnType::int64: return check(Kind::number, batch, row, value, static_cast<double>(scalar.whole));
      case ColumnType::float64: return check(Kind::number, batch, row, value, scalar.real);
      default:
        return Error{
            ErrorKind::bad_data,
            fmt::format("{}: '{}' in column '{}' is no date, timestamp or number", place_of(batch, row), value, name_),
            "take such rows out first, for example with amlprep apply"};
    }
  }

 private:
  enum class Kind : uint8_t { unknown, time, number };

  Result<double> check(Kind kind, const table::Batch& batch, size_t row, std::string_view value, double number) {
    if (kind_ == Kind::unknown) kind_ = kind;
    if (kind_ == kind) return number;
    return Error{ErrorKind::bad_data,
                 fmt::format("{}: '{}' in column '{}' cannot be compared with what stands above it",
                             place_of(batch, row), value, name_),
                 "give the column one form first, with a 'cast' step"};
  }

  size_t index_;
  std::string name_;
  Kind kind_ = Kind::unknown;
};

class TimePartitioner final : public Partitioner {
 public:
  TimePartitioner(TimeColumn column, std::vector<double> ends) : column_(std::move(column)), ends_(std::move(ends)) {}

  Result<std::vector<uint32_t>> assign(const table::Batch& batch) override {
    std::vector<uint32_t> parts;
    for (size_t row = 0; row < batch.rows; ++row) parts.push_back(part_of(TRY(column_.at(batch, row)), ends_));
    return parts;
  }

 private:
  TimeColumn column_;
  std::vector<double> ends_;
};

}  // namespace

Result<std::vector<Part>> parse_parts(std::string_view text) {
  const auto wrong = [&](std::string_view why) {
    return Error{ErrorKind::usage, fmt::format("'{}' are no parts: {}", text, why), "for example train=0.8,test=0.2"};
  };
  std::vector<Part> parts;
  double sum = 0;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), item.size() + 1));
    const size_t equals = item.rfind('=');
    if (equals == std::string_view::npos || equals == 0) return wrong("each is NAME=SHARE");
    const auto share = text::parse_double(item.substr(equals + 1));
    if (!share || !(*share > 0) || !std::isfinite(*share)) return wrong("a share is a number above 0");
    const std::string name(item.substr(0, equals));
    if (name.find('/') != std::string::npos) return wrong("a name becomes part of a file's name");
    if (std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return part.name == name; }))
      return wrong("a name stands twice");
    parts.push_back({name, *share});
    sum += *share;
  }
  if (parts.size() < 2 || parts.size() > kPartsMax) return wrong("there must be 2 to 100");
  for (Part& part : parts) part.share /= sum;
  return parts;
}

Result<std::unique_ptr<Partitioner>> partition_by_hash(const table::Schema& schema, const PartitionOptions& options) {
  std::vector<size_t> columns;
  for (const std::string& name : options.by) columns.push_back(TRY(schema.require(name, "--by")));
  return std::unique_ptr<Partitioner>(std::make_unique<HashPartitioner>(schema, std::move(columns), options));
}

Result<std::unique_ptr<Partitioner>> partition_by_time(table::Reader& reader, const PartitionOptions& options) {
  const TimeColumn column(TRY(reader.schema()->require(*options.time, "--time")), *options.time);
  TimeColumn seen = column;
  table::QuantileSketch times(kExactTimes);
  while (const auto batch = TRY(reader.next()))
    for (size_t row = 0; row < batch->rows; ++row) times.add(TRY(seen.at(*batch, row)));
  std::vector<double> moments;
  const auto items = times.sorted_items();
  uint64_t total = 0, before = 0;
  for (const auto& item : items) total += item.weight;
  const std::vector<double> ends = ends_of(options.parts);
  for (size_t i = 0; i < items.size();) {
    uint64_t upto = before;
    const double moment = items[i].value;
    for (; i < items.size() && items[i].value == moment; ++i) upto += items[i].weight;
    // Parts meet before the moment or behind it, where that is nearer to what was asked for.
    while (moments.size() < ends.size()) {
      const double wanted = ends[moments.size()] * static_cast<double>(total);
      if (wanted - static_cast<double>(before) >= static_cast<double>(upto) - wanted) break;
      moments.push_back(moment);
    }
    before = upto;
  }
  moments.resize(ends.size(), HUGE_VAL);
  return std::unique_ptr<Partitioner>(std::make_unique<TimePartitioner>(column, std::move(moments)));
}

struct PartFiles::File {
  File(PartCount about, os::AtomicFile opened) : count(std::move(about)), file(std::move(opened)) {}
  PartCount count;
  os::AtomicFile file;
  std::unique_ptr<table::Writer> writer = {};
};

PartFiles::PartFiles() = default;
PartFiles::~PartFiles() = default;
PartFiles::PartFiles(PartFiles&&) noexcept = default;

Result<PartFiles> PartFiles::create(const PartitionOptions& options, std::string_view pattern,
                                    const table::SchemaPtr& schema, const source::CreateOptions& create,
                                    os::Overwrite overwrite) {
  const size_t hole = pattern.find("{}");
  if (hole == std::string_view::npos)
    return Error{ErrorKind::usage, fmt::format("'{}' has no {{}} for the name of the part", pattern),
                 "for example 'part-{}.csv'"};
  PartFiles files;
  for (const Part& part : options.parts) {
    const std::string name = fmt::format("{}{}{}", pattern.substr(0, hole), part.name, pattern.substr(hole + 2));
    files.files_.push_back(
        std::make_unique<File>(PartCount{part.name, name}, TRY(os::AtomicFile::create(name, overwrite))));
    files.files_.back()->writer = TRY(source::create_table(files.files_.back()->file, name, schema, create));
  }
  return files;
}

Status PartFiles::write(const table::Batch& batch, const std::vector<uint32_t>& parts) {
  std::vector<std::vector<uint32_t>> rows(files_.size());
  for (uint32_t row = 0; row < batch.rows; ++row) rows[parts[row]].push_back(row);
  for (size_t part = 0; part < files_.size(); ++part) {
    if (rows[part].empty()) continue;
    TRY(files_[part]->writer->write(table::gather(batch, rows[part])));
    files_[part]->count.rows += rows[part].size();
  }
  return {};
}

Result<std::vector<PartCount>> PartFiles::commit() {
  // A full disk is found here, before any name is taken.
  for (const auto& file : files_) {
    TRY(file->writer->finish());
    TRY(file->file.flush());
  }
  std::vector<PartCount> counts;
  for (const auto& file : files_) {
    TRY(file->file.commit());
    counts.push_back(file->count);
  }
  return counts;
}

}  // namespace aml::prep
