#include "prep/reject_file.h"

#include <fmt/format.h>

#include "table/csv_dialect.h"

namespace aml::prep {
namespace {

void append_field(std::string& line, std::string_view text) {
  if (!line.empty()) line.push_back(',');
  if (text.find_first_of(",\"\r\n") == text.npos) line.append(text);
  else table::append_csv_quoted(line, text);
}

}  // namespace

Result<RejectFile> RejectFile::create(const std::optional<std::string>& path, os::Overwrite overwrite) {
  if (!path) return RejectFile(std::nullopt);
  auto file = TRY(os::AtomicFile::create(*path, overwrite));
  TRY(file.write("file,line,offset,column,step,reason,text\n"));
  return RejectFile(std::optional<os::AtomicFile>(std::move(file)));
}

struct RejectFile::Line {
  std::string_view file;
  std::optional<uint64_t> line;
  std::optional<uint64_t> offset;
  std::string_view column;
  std::string_view step;
  std::string_view reason;
  std::string_view text;
};

void RejectFile::write(const Line& fields) {
  if (!file_ || !status_.ok()) return;
  const auto number = [](std::optional<uint64_t> value) { return value ? std::to_string(*value) : std::string(); };
  line_.clear();
  append_field(line_, fields.file.empty() ? std::string_view("-") : fields.file);
  append_field(line_, number(fields.line));
  append_field(line_, number(fields.offset));
  append_field(line_, fields.column);
  append_field(line_, fields.step);
  append_field(line_, fields.reason);
  append_field(line_, fields.text);
  line_.push_back('\n');
  status_ = file_->write(line_);
}

void RejectFile::add(const Reject& reject) {
  ++cells_;
  const auto line = reject.line == 0 ? std::nullopt : std::optional(reject.line);
  write({reject.file, line, std::nullopt, reject.column, reject.step, table::name_of(reject.problem), reject.text});
}

void RejectFile::add(const table::RejectedRecord& record) {
  if (records_++ == 0) first_record_ = fmt::format("{}:{}: {}", record.source, record.line, record.reason);
  write({record.source, record.line, record.offset, "", "", record.reason, record.text});
}

std::string RejectFile::describe_records() const {
  if (records_ == 0) return {};
  return fmt::format("{} record{} left out, the first at {}", records_, records_ == 1 ? "" : "s", first_record_);
}

Status RejectFile::commit() {
  if (!status_.ok()) return status_.error();
  return file_ ? file_->commit() : Status();
}

}  // namespace aml::prep
