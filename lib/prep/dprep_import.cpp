#include "prep/dprep_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "prep/dprep_blocks.h"
#include "text/json.h"
#include "text/numbers.h"
#include "text/yaml_scalar.h"

namespace aml::prep {
namespace {

using text::Json;

constexpr size_t kFileBytesMax = size_t{64} << 20;
constexpr int kReferencesMax = 8;
constexpr std::string_view kPrefix = "Microsoft.DPrep.";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

Result<Json> read_document(const Path& path) {
  const std::string bytes = TRY(os::read_file(path, kFileBytesMax));
  std::string_view text = bytes;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::string name = path.string();
  Json document = TRY(text::parse_json(text, {name}));
  if (document["activities"].items().empty())
    return Error{ErrorKind::bad_data, fmt::format("{}: no dataflow under 'activities'", name),
                 "give a *.dprep or *.dsource file"};
  return document;
}

const Json* find_activity(const Json& document, std::string_view id) {
  for (const Json& activity : document["activities"].items())
    if (activity.string_or("id", "") == id) return &activity;
  return nullptr;
}

// Only packages on disk can be followed: the path is written with either slash.
std::string local_path(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  return path;
}

class Importer {
 public:
  Status add_activity(const Json& activity, const Path& file) {
    if (++depth_ > kReferencesMax)
      return Error{ErrorKind::bad_data,
                   fmt::format("{}: dataflows refer to one another more than {} deep", file.string(), kReferencesMax)};
    size_t number = 0;
    for (const Json& block : activity["blocks"].items()) {
      const std::string place = fmt::format("{}: block {}", file.string(), ++number);
      std::string type = block.string_or("type", "");
      if (type.starts_with(kPrefix)) type.erase(0, kPrefix.size());
      note_columns(block["arguments"]);
      if (type == "ReferenceActivityBlock") TRY(add_reference(block["arguments"]["reference"], file, place));
      else import_block(type, block["arguments"], place, draft_);
    }
    --depth_;
    return {};
  }

  ImportedPackage finish(const Path& path) && {
    std::string yaml = fmt::format("# Made from {}.\n", path.filename().string());
    for (const std::string& data : draft_.data_paths) yaml += fmt::format("# Its data: {}\n", one_line(data));
    yaml += "version: 1\n";
    if (!draft_.source.empty()) yaml += fmt::format("source:\n{}", draft_.source);
    yaml += "steps:\n";
    if (!draft_.has_header && !generic_columns_.empty()) yaml += fmt::format("  - rename: {{{}}}\n", generic_names());
    const bool has_step =
        std::any_of(draft_.steps.begin(), draft_.steps.end(), [](const auto& step) { return step.starts_with("- "); });
    for (const std::string& step : draft_.steps) yaml += fmt::format("  {}\n", step);
    if (!has_step) yaml += "  - filter: \"true\"\n";
    return {std::move(yaml), std::move(draft_.data_paths), std::move(draft_.problems)};
  }

 private:
  Status add_reference(const Json& reference, const Path& file, const std::string& place) {
    const std::string id = reference.string_or("referencedActivityId", "");
    if (!reference["referenceContainerPath"].is_string())
      return Error{ErrorKind::bad_data, fmt::format("{}: the data source it refers to has no path", place)};
    const Path other = file.parent_path() / local_path(reference["referenceContainerPath"].string());
    const Json document = TRY(read_document(other));
    const Json* activity = find_activity(document, id);
    if (activity == nullptr)
      return Error{ErrorKind::bad_data, fmt::format("{}: '{}' has no dataflow '{}'", place, other.string(), id)};
    return add_activity(*activity, other);
  }

  static std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<uint8_t>(c) < 0x20; }, ' ');
    return text;
  }

  // Without a header the original called columns Column1, Column2, …; those that are spoken of get these names.
  void note_columns(const Json& value) {
    constexpr std::string_view kGeneric = "Column";
    if (value.is_string() && value.string().starts_with(kGeneric)) {
      const auto number = text::parse_int(std::string_view(value.string()).substr(kGeneric.size()));
      if (number && *number > 0 && fmt::format("{}{}", kGeneric, *number) == value.string())
        generic_columns_.insert(*number);
    }
    for (const Json& item : value.items()) note_columns(item);
    for (const auto& [key, member] : value.members()) note_columns(member);
  }

  std::string generic_names() const {
    std::string names;
    for (const int64_t number : generic_columns_)
      names += fmt::format("{0}column{1}: Column{1}", names.empty() ? "" : ", ", number);
    return names;
  }

  DprepDraft draft_;
  std::set<int64_t> generic_columns_;
  int depth_ = 0;
};

}  // namespace

Result<ImportedPackage> import_dprep(const Path& path, uint64_t dataflow) {
  const Json document = TRY(read_document(path));
  const auto& activities = document["activities"].items();
  if (dataflow >= activities.size())
    return Error{ErrorKind::not_found,
                 fmt::format("{}: no dataflow {}, there are {}", path.string(), dataflow, activities.size()),
                 "they are counted from 0"};
  Importer importer;
  TRY(importer.add_activity(activities[dataflow], path));
  return std::move(importer).finish(path);
}

}  // namespace aml::prep
