// - sort: [species, {year: descending}]      rows by the first column, equal ones by the next; missing cells last
#include <fmt/format.h>

#include "prep/row_sorter.h"
#include "prep/step.h"
#include "prep/step_arguments.h"

namespace aml::prep {
namespace {

struct SortKey {
  PlacedName name;
  Order order = Order::ascending;
};

class SortStage final : public Stage {
 public:
  SortStage(const table::SchemaPtr& schema, const std::vector<KeyPart>& keys, const Resources& resources)
      : sorter_(schema, keys, resources) {}

  Status push(table::Batch batch, Flow&) override { return sorter_.add(batch); }
  Status finish(Flow& flow) override {
    return sorter_.finish([&](table::Batch batch) { return flow.emit(std::move(batch)); });
  }

 private:
  RowSorter sorter_;
};

class SortStep final : public Step {
 public:
  explicit SortStep(std::vector<SortKey> keys) : keys_(std::move(keys)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    schema_ = input;
    parts_.clear();
    for (const SortKey& key : keys_) parts_.push_back({TRY(require_column(*input, key.name)), key.order});
    return input;
  }

  StagePtr start(const Resources& resources) const override {
    return std::make_unique<SortStage>(schema_, parts_, resources);
  }

 private:
  std::vector<SortKey> keys_;
  std::vector<KeyPart> parts_;
  table::SchemaPtr schema_;
};

Result<SortKey> read_key(const text::Yaml& item) {
  if (item.is_scalar()) return SortKey{{item.scalar(), item.place()}};
  if (item.kind() != text::Yaml::Kind::mapping || item.entries().size() != 1)
    return item.error("'sort' takes columns, each with its order if it is not ascending",
                      "for example: sort: [a, {b: descending}]");
  const text::Yaml::Entry& entry = item.entries()[0];
  const size_t order = TRY(read_choice(entry.value, {"ascending", "descending"}, "the order"));
  return SortKey{{entry.key, fmt::format("{}:{}:{}", item.name(), entry.key_line, entry.key_column)},
                 static_cast<Order>(order)};
}

}  // namespace

Result<StepPtr> make_sort_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  if (node.kind() != text::Yaml::Kind::sequence || node.items().empty())
    return node.error("'sort' takes a list of columns", "for example: sort: [a, {b: descending}]");
  std::vector<SortKey> keys;
  for (const text::Yaml& item : node.items()) keys.push_back(TRY(read_key(item)));
  return StepPtr(std::make_unique<SortStep>(std::move(keys)));
}

}  // namespace aml::prep
