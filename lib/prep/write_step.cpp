// - write: {file: cleaned.csv}      the rows as they are here into a file; they also go on to the next step
#include <fmt/format.h>

#include "os/atomic_file.h"
#include "prep/step.h"
#include "prep/step_arguments.h"
#include "table/writer.h"

namespace aml::prep {
namespace {

struct WritePlan {
  Path path;
  std::string place;
  table::WriteOptions options = {};
  os::Overwrite overwrite = os::Overwrite::no;
  table::SchemaPtr schema = {};
};

// The file appears when all rows have been written, or not at all.
class WriteStage final : public Stage {
 public:
  explicit WriteStage(const WritePlan& plan) : plan_(plan) {}

  Status push(table::Batch batch, Flow& flow) override {
    TRY(open());
    TRY(writer_->write(batch));
    return flow.emit(std::move(batch));
  }

  Status finish(Flow&) override {
    TRY(open());
    TRY(writer_->finish());
    return file_->commit();
  }

 private:
  Status open() {
    if (writer_) return {};
    auto file = with_context(os::AtomicFile::create(plan_.path, plan_.overwrite), plan_.place);
    if (!file.ok() && file.error().kind == ErrorKind::conflict)
      return Error{ErrorKind::conflict, file.error().message, "write overwrite: true to replace it"};
    file_.emplace(TRY(std::move(file)));
    writer_ = TRY(table::open_writer(*file_, plan_.schema, plan_.options));
    return {};
  }

  const WritePlan& plan_;  // of the step, which outlives its stages
  std::optional<os::AtomicFile> file_;
  std::unique_ptr<table::Writer> writer_;
};

class WriteStep final : public Step {
 public:
  explicit WriteStep(WritePlan plan) : plan_(std::move(plan)) {}

  Result<table::SchemaPtr> bind(const table::SchemaPtr& input) override { return plan_.schema = input; }
  StagePtr start(const Resources&) const override { return std::make_unique<WriteStage>(plan_); }

 private:
  WritePlan plan_;
};

Result<char> read_separator(const text::Yaml& node) {
  const std::string written = TRY(read_text(node, "'separator' of 'write'"));
  if (written == "tab") return '\t';
  if (written.size() == 1 && written != "\"") return written[0];
  return node.error(fmt::format("separator '{}' is not one character", written), "for example ';', '|' or tab");
}

}  // namespace

Result<StepPtr> make_write_step(const StepSource& source) {
  const text::Yaml& node = source.arguments;
  TRY(check_options(node, {"file", "format", "separator", "missing", "overwrite"}, "write"));
  const text::Yaml* file = TRY(require_option(node, "file", "write"));
  const std::string name = TRY(read_text(*file, "'file' of 'write'"));
  if (name == "-") return file->error("'write' cannot write to standard output", "name a file");
  WritePlan plan{Path(node.name()).parent_path() / name, file->place()};
  const table::Format by_name = table::format_of_name(name);
  plan.options.format = by_name == table::Format::detect ? table::Format::csv : by_name;
  if (const text::Yaml* format = node.find("format")) {
    const std::vector<std::string> formats = {"csv", "tsv", "jsonl"};
    plan.options.format = *table::parse_format(formats[TRY(read_choice(*format, formats, "'format'"))]);
  }
  if (const text::Yaml* separator = node.find("separator")) plan.options.separator = TRY(read_separator(*separator));
  if (const text::Yaml* missing = node.find("missing"))
    plan.options.missing_text = TRY(read_text(*missing, "'missing' of 'write'"));
  if (const text::Yaml* overwrite = node.find("overwrite")) {
    if (!overwrite->as_bool()) return overwrite->error("'overwrite' is neither true nor false");
    plan.overwrite = *overwrite->as_bool() ? os::Overwrite::yes : os::Overwrite::no;
  }
  return StepPtr(std::make_unique<WriteStep>(std::move(plan)));
}

}  // namespace aml::prep
