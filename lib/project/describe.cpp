#include "project/describe.h"

#include "base/bytes.h"

namespace aml::project {
namespace {

std::string_view name_of(FileKind kind) {
  switch (kind) {
    case FileKind::file: return "file";
    case FileKind::executable: return "executable";
    case FileKind::symlink: return "symlink";
  }
  return "";
}

}  // namespace

text::Fields describe(const WalkedFile& file) {
  text::Fields record{"file", file.path, {}};
  record.add("path", file.path);
  record.add("kind", name_of(file.kind));
  record.add("size", file.stamp.size, format_size(file.stamp.size));
  return record;
}

text::Fields describe(const std::string& path, const Verdict& verdict) {
  text::Fields record{"path", path, {}};
  record.add("path", path);
  record.add("in_snapshot", !verdict.ignored, verdict.ignored ? "no" : "yes");
  record.add("rule", verdict.rule, verdict.rule.empty() ? "no rule speaks about it" : "");
  return record;
}

}  // namespace aml::project
