#include "prep/other_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "prep/source_options.h"

namespace aml::prep {

Result<OtherTable> OtherTable::read(const StepSource& step, std::string_view step_name) {
  const text::Yaml& node = step.arguments;
  const text::Yaml* source = node.find("source");
  OtherTable other;
  if (step.sources != nullptr) other.context_ = step.sources->context();
  if (source != nullptr && source->is_scalar() && node.find("file") == nullptr && step.sources != nullptr) {
    NamedSource named = TRY(step.sources->require(*source));
    other.place_ = source->place();
    other.inputs_ = std::move(named.inputs);
    other.options_ = std::move(named.options);
  } else {
    const text::Yaml* file = TRY(require_option(node, "file", step_name));
    const PlacedName name = TRY(read_name(*file, fmt::format("'file' of '{}'", step_name)));
    other.place_ = name.place;
    other.inputs_ = {path_beside(node, name.name)};
    if (source != nullptr) other.options_ = TRY(read_source(*source, {}));
  }
  // It is opened twice: to learn its columns, and to read it.
  if (std::find(other.inputs_.begin(), other.inputs_.end(), "-") != other.inputs_.end())
    return Error{ErrorKind::bad_data, fmt::format("{}: '{}' cannot read standard input", other.place_, step_name),
                 "name a file"};
  return other;
}

Result<std::unique_ptr<table::Reader>> OtherTable::open(const Cancel* cancel) const {
  source::Context context = context_;
  context.cancel = cancel;
  if (cancel == nullptr) context.on_notice = nullptr;  // only its columns are wanted; notices come when it is read
  return with_context(source::open_tables(inputs_, options_, context), place_);
}

}  // namespace aml::prep
