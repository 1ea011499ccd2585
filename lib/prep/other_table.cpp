#include "prep/other_table.h"

#include <fmt/format.h>

#include "prep/source_options.h"

namespace aml::prep {

Result<OtherTable> OtherTable::read(const text::Yaml& node, std::string_view step) {
  OtherTable other;
  const text::Yaml* file = TRY(require_option(node, "file", step));
  other.file_ = TRY(read_name(*file, fmt::format("'file' of '{}'", step)));
  if (other.file_.name == "-") return file->error(fmt::format("'{}' cannot read standard input", step), "name a file");
  other.path_ = Path(node.name()).parent_path() / other.file_.name;
  if (const text::Yaml* source = node.find("source")) other.options_ = TRY(read_source(*source));
  return other;
}

Result<std::unique_ptr<table::Reader>> OtherTable::open(const source::Context& context) const {
  return with_context(source::open_table(path_.string(), options_, context), file_.place);
}

}  // namespace aml::prep
