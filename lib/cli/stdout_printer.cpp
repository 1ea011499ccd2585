#include "cli/stdout_printer.h"

#include <utility>

#include "cli/table_text.h"

namespace aml::cli {

Status StdoutPrinter::redirect(const std::string& file, os::Overwrite overwrite) {
  if (file == "-") {
    dash_given_ = true;
    return {};
  }
  file_.emplace(TRY(os::AtomicFile::create(file, overwrite)));
  file_name_ = file;
  return {};
}

Status StdoutPrinter::record(const text::Fields& record) {
  switch (options_.form) {
    case Form::ids: return end_of_id(record.id);
    case Form::json: {
      TRY(stdout_.write(text::to_json(record).dump() + "\n"));
      return options_.is_terminal ? stdout_.flush() : Status();
    }
    case Form::tsv: break;
    case Form::people:
      if (options_.is_list) break;
      // A blank line between blocks.
      if (std::exchange(block_printed_, true)) TRY(stdout_.write("\n"));
      return stdout_.write(block_text(record));
  }
  kept_.push_back(record);
  return {};
}

Status StdoutPrinter::id(std::string_view id) {
  if (options_.form == Form::json) return stdout_.write(text::Json::object({{"type", "id"}, {"id", id}}).dump() + "\n");
  return end_of_id(id);
}

Status StdoutPrinter::line(std::string_view line) {
  if (options_.form != Form::people) return {};
  TRY(print_kept());
  return stdout_.write(std::string(line) + "\n");
}

Sink& StdoutPrinter::data() {
  if (file_) return *file_;
  return stdout_;
}

Result<Sink*> StdoutPrinter::binary_data() {
  if (!file_ && options_.is_terminal && !dash_given_)
    return Error{ErrorKind::usage, "binary data would garble the terminal", "use -o FILE, or -o - to insist"};
  return &data();
}

Status StdoutPrinter::end_of_id(std::string_view id) {
  return stdout_.write(std::string(id) + (options_.null_terminated ? '\0' : '\n'));
}

Status StdoutPrinter::print_kept() {
  if (kept_.empty()) return {};
  const size_t columns = options_.is_terminal ? static_cast<size_t>(options_.columns) : 0;
  const std::string text = options_.form == Form::tsv ? tsv_text(kept_) : table_text(kept_, {columns, options_.color});
  kept_.clear();
  return stdout_.write(text);
}

Status StdoutPrinter::flush() {
  TRY(print_kept());
  return stdout_.flush();
}

Status StdoutPrinter::commit() {
  TRY(flush());
  return file_ ? file_->commit() : Status();
}

}  // namespace aml::cli
