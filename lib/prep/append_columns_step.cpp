// - append_columns: {file: more.csv}      the columns of another table beside these, row by row
#include <fmt/format.h>

#include <numeric>

#include "prep/other_table.h"
#include "prep/pick.h"
#include "prep/step.h"

namespace aml::prep {
namespace {

struct AppendColumnsPlan {
  OtherTable other;
  std::string place;
  table::SchemaPtr schema = {};
};

// Reads the other table as rows come, and no further.
class AppendColumnsStage final : public Stage {
 public:
  AppendColumnsStage(const AppendColumnsPlan& plan, const Resources& resources) : plan_(plan), resources_(resources) {}

  Status push(table::Batch batch, Flow& flow) override {
    TRY(open());
    for (size_t begin = 0; begin < batch.rows;) {
      TRY(refill());
      if (!other_) return differ("fewer");
      const size_t count = std::min(batch.rows - begin, other_->rows - at_);
      table::Batch both = slice(batch, begin, count);
      for (const table::ColumnPtr& column : slice(*other_, at_, count).columns) both.columns.push_back(column);
      both.schema = plan_.schema;
      begin += count;
      at_ += count;
      TRY(flow.emit(std::move(both)));
    }
    return {};
  }

  Status finish(Flow&) override {
    TRY(open());
    TRY(refill());
    return other_ ? differ("more") : Status();
  }

 private:
  Status open() {
    if (!reader_) reader_ = TRY(plan_.other.open(resources_.cancel));
    return {};
  }

  // Leaves rows of the other table at hand, or none at its end.
  Status refill() {
    while (!is_at_end_ && (!other_ || at_ == other_->rows)) {
      other_ = TRY(reader_->next());
      at_ = 0;
      is_at_end_ = !other_;
    }
    return {};
  }

  static table::Batch slice(const table::Batch& batch, size_t begin, size_t count) {
    if (begin == 0 && count == batch.rows) return batch;
    std::vector<uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), static_cast<uint32_t>(begin));
    return table::gather(batch, rows);
  }

  Status differ(std::string_view how) const {
    return Error{ErrorKind::bad_data,
                 fmt::format("{}: the other table has {} rows than there are here", plan_.place, how),
                 "rows that belong together by a key are put side by side with 'join'"};
  }

  const AppendColumnsPlan& plan_;  // of the step, which outlives its stages
  Resources resources_;
  std::unique_ptr<table::Reader> reader_;
  std::optional<table::Batch> other_;
  size_t at_ = 0;
  bool is_at_end_ = false;
};

class AppendColumnsStep final : public Step {
 public:
  explicit AppendColumnsStep(AppendColumnsPlan plan) : plan_(std::move(plan)) {}

  // Opens the other table to learn its columns.
  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override {
    const auto reader = TRY(plan_.other.open(nullptr));
    std::vector<table::Field> fields = input->fields();
    for (const table::Field& field : reader->schema()->fields())
      TRY(add_field(fields, {field.name, plan_.place}, field.type));
    plan_.schema = std::make_shared<const table::Schema>(std::move(fields));
    return plan_.schema;
  }

  StagePtr start(const Resources& resources) const override {
    return std::make_unique<AppendColumnsStage>(plan_, resources);
  }

 private:
  AppendColumnsPlan plan_;
};

}  // namespace

Result<StepPtr> make_append_columns_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"file", "source"}, "append_columns"));
  auto other = TRY(OtherTable::read(source, "append_columns"));
  return StepPtr(std::make_unique<AppendColumnsStep>(AppendColumnsPlan{std::move(other), node.place()}));
}

}  // namespace aml::prep
