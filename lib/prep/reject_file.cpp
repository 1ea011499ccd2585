#include "prep/reject_file.h"

namespace aml::prep {
namespace {

void append_field(std::string& line, std::string_view text) {
  if (!line.empty()) line.push_back(',');
  if (text.find_first_of(",\"\r\n") == text.npos) {
    line.append(text);
    return;
  }
  line.push_back('"');
  for (const char byte : text) line.append(byte == '"' ? 2 : 1, byte);
  line.push_back('"');
}

}  // namespace

Result<RejectFile> RejectFile::create(const std::optional<std::string>& path, os::Overwrite overwrite) {
  if (!path) return RejectFile(std::nullopt);
  auto file = TRY(os::AtomicFile::create(*path, overwrite));
  TRY(file.write("file,line,column,step,reason,text\n"));
  return RejectFile(std::optional<os::AtomicFile>(std::move(file)));
}

void RejectFile::add(const Reject& reject) {
  ++count_;
  if (!file_ || !status_.ok()) return;
  line_.clear();
  append_field(line_, reject.file.empty() ? std::string_view("-") : reject.file);
  append_field(line_, reject.line == 0 ? std::string() : std::to_string(reject.line));
  append_field(line_, reject.column);
  append_field(line_, reject.step);
  append_field(line_, table::name_of(reject.problem));
  append_field(line_, reject.text);
  line_.push_back('\n');
  status_ = file_->write(line_);
}

Status RejectFile::commit() {
  if (!status_.ok()) return status_.error();
  return file_ ? file_->commit() : Status();
}

}  // namespace aml::prep
