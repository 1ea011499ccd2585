#include "source/open.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace aml::source {
namespace {

class ConcatReader final : public table::Reader {
 public:
  ConcatReader(std::vector<std::string> names, std::unique_ptr<table::Reader> first, const OpenOptions& options,
               const Context& context)
      : names_(std::move(names)),
        reader_(std::move(first)),
        schema_(reader_->schema()),
        options_(options),
        context_(context) {}

  const table::SchemaPtr& schema() const override { return schema_; }

  Result<std::optional<table::Batch>> next() override {
    for (;;) {
      auto batch = TRY(reader_->next());
      if (batch) {
        batch->schema = schema_;
        return batch;
      }
      if (at_ + 1 == names_.size()) return batch;
      reader_ = TRY(open_table(names_[++at_], options_, context_));
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
    return Error{ErrorKind::bad_data,
                 fmt::format("'{}' has other columns than '{}': {} instead of {} in place {}", names_[at_], names_[0],
                             name(theirs, found), name(mine, expected), mine - expected.begin() + 1)};
  }

  std::vector<std::string> names_;
  size_t at_ = 0;
  std::unique_ptr<table::Reader> reader_;
  table::SchemaPtr schema_;
  OpenOptions options_;
  Context context_;
};

}  // namespace

Result<std::unique_ptr<table::Reader>> open_tables(std::vector<std::string> names, const OpenOptions& options,
                                                   const Context& context) {
  AML_CHECK(!names.empty());
  if (std::count(names.begin(), names.end(), "-") > 1)
    return Error{ErrorKind::usage, "standard input can be read only once", "give '-' at most once"};
  auto first = TRY(open_table(names[0], options, context));
  if (names.size() == 1) return first;
  return std::unique_ptr<table::Reader>(new ConcatReader(std::move(names), std::move(first), options, context));
}

}  // namespace aml::source
