// - sort: [species, {year: descending}]      rows by the first column, equal ones by the next; missing cells last
#include "prep/row_sorter.h"
#include "prep/sort_keys.h"
#include "prep/step.h"

namespace aml::prep {
namespace {

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
    parts_ = TRY(bind_sort_keys(keys_, *input));
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

}  // namespace

Result<StepPtr> make_sort_step(const StepSource& source) {
  return StepPtr(std::make_unique<SortStep>(TRY(read_sort_keys(source.arguments, "sort"))));
}

}  // namespace aml::prep
