#include "table/concat.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace aml::table {
namespace {

class ConcatReader final : public Reader {
 public:
  ConcatReader(std::vector<Path> paths, std::unique_ptr<Reader> first, const ReadOptions& options, const Cancel* cancel)
      : paths_(std::move(paths)),
        reader_(std::move(first)),
        schema_(reader_->schema()),
        options_(options),
        cancel_(cancel) {}

  const SchemaPtr& schema() const override { return schema_; }

  Result<std::optional<Batch>> next() override {
    for (;;) {
      auto batch = TRY(reader_->next());
      if (batch) {
        batch->schema = schema_;
        return batch;
      }
      if (at_ + 1 == paths_.size()) return batch;
      reader_ = TRY(open_reader(paths_[++at_], options_, cancel_));
      TRY(check_schema());
    }
  }

 private:
  Status check_schema() const {
    const auto& expected = schema_->fields();
    const auto& found = reader_->schema()->fields();
    if (expected == found) return {};
    const auto [mine, theirs] = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
    const auto name = [](auto field, const auto& fields) {
      return field == fields.end() ? std::string("nothing") : fmt::format("'{}'", field->name);
    };
    return Error{ErrorKind::bad_data, fmt::format("'{}' has other columns than '{}': {} instead of {} in place {}",
                                                  paths_[at_].string(), paths_[0].string(), name(theirs, found),
                                                  name(mine, expected), mine - expected.begin() + 1)};
  }

  std::vector<Path> paths_;
  size_t at_ = 0;
  std::unique_ptr<Reader> reader_;
  SchemaPtr schema_;
  ReadOptions options_;
  const Cancel* cancel_;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_readers(std::vector<Path> paths, const ReadOptions& options,
                                             const Cancel* cancel) {
  AML_CHECK(!paths.empty());
  auto first = TRY(open_reader(paths[0], options, cancel));
  if (paths.size() == 1) return first;
  return std::unique_ptr<Reader>(new ConcatReader(std::move(paths), std::move(first), options, cancel));
}

Result<uint64_t> copy_rows(Reader& reader, Writer& writer, std::optional<uint64_t> rows_max) {
  uint64_t rows = 0;
  while (!rows_max || rows < *rows_max) {
    auto batch = TRY(reader.next());
    if (!batch) break;
    if (rows_max && batch->rows > *rows_max - rows) {
      std::vector<uint32_t> first(*rows_max - rows);
      std::iota(first.begin(), first.end(), 0U);
      batch = gather(*batch, first);
    }
    rows += batch->rows;
    TRY(writer.write(*batch));
  }
  TRY(writer.finish());
  return rows;
}

}  // namespace aml::table
