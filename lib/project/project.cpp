#include "project/project.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "os/atomic_file.h"
#include "project/ignore.h"
#include "text/json.h"
#include "text/yaml.h"

namespace aml::project {
namespace {

constexpr size_t kConfigBytesMax = size_t{1} << 20;

constexpr std::string_view kIgnoreTemplate =
    "# Files that stay out of snapshots, besides what git ignores. The syntax is that of .gitignore;\n"
    "# a line that starts with '!' brings back what .gitignore or the built-in rules leave out.\n"
    "# `amlrun snapshot -n` lists what a snapshot holds, `amlrun snapshot --why PATH` names the rule.\n";

Path find_root(const Path& directory) {
  for (Path folder = directory;; folder = folder.parent_path()) {
    if (os::path_exists(folder / kConfigFile)) return folder;
    if (folder == folder.parent_path()) break;
  }
  const auto repository = find_repository(directory);
  return repository ? repository->top : directory;
}

Result<uint64_t> read_size(const text::Yaml& node, std::string_view key, uint64_t fallback) {
  const text::Yaml* value = node.find(key);
  if (value == nullptr) return fallback;
  const auto bytes = parse_size(value->scalar());
  if (!bytes || *bytes == 0)
    return value->error(fmt::format("'{}' must be a size", key), "write it like 500MiB or 2GiB");
  return *bytes;
}

Result<uint64_t> read_count(const text::Yaml& node, std::string_view key, uint64_t fallback) {
  const text::Yaml* value = node.find(key);
  if (value == nullptr) return fallback;
  const auto count = value->as_int();
  if (!count || *count <= 0) return value->error(fmt::format("'{}' must be a whole number above 0", key));
  return static_cast<uint64_t>(*count);
}

Result<std::vector<std::string>> read_paths(const text::Yaml& node, std::string_view key) {
  std::vector<std::string> paths;
  const text::Yaml* value = node.find(key);
  if (value == nullptr) return paths;
  if (value->kind() != text::Yaml::Kind::sequence)
    return value->error(fmt::format("'{}' must be a list of paths", key));
  for (const text::Yaml& item : value->items()) {
    if (!item.is_scalar()) return item.error(fmt::format("'{}' must be a list of paths", key));
    paths.push_back(item.scalar());
  }
  return paths;
}

Status read_snapshot_section(const text::Yaml& node, Project& project) {
  TRY(text::check_keys(node, {"max_size", "max_file_size", "max_files", "allow_secrets"}, "'snapshot'"));
  SnapshotLimits& limits = project.limits;
  limits.bytes_max = TRY(read_size(node, "max_size", limits.bytes_max));
  limits.file_bytes_max = TRY(read_size(node, "max_file_size", limits.file_bytes_max));
  limits.files_max = TRY(read_count(node, "max_files", limits.files_max));
  project.allowed_secrets = TRY(read_paths(node, "allow_secrets"));
  return {};
}

Status read_config(const Path& file, Project& project) {
  const std::string text = TRY(os::read_file(file, kConfigBytesMax));
  const text::Yaml config = TRY(text::parse_yaml(text, file.string()));
  if (config.is_null()) return {};
  TRY(text::check_keys(config, {"name", "snapshot", "settings"}, kConfigFile));
  if (const text::Yaml* name = config.find("name")) {
    if (!name->is_scalar() || name->scalar().empty()) return name->error("'name' must be a text");
    project.name = name->scalar();
  }
  if (const text::Yaml* snapshot = config.find("snapshot")) TRY(read_snapshot_section(*snapshot, project));
  return {};
}

}  // namespace

Result<Project> open_project(const Path& directory) {
  std::error_code error;
  const Path start = std::filesystem::canonical(directory, error);
  if (error) return error_from_errno(error.value(), fmt::format("cannot enter '{}'", directory.string()));
  Project project{.root = find_root(start), .name = {}};
  project.name = project.root.filename().string();
  if (!os::path_exists(project.root / kConfigFile)) return project;
  Status config = read_config(project.root / kConfigFile, project);
  if (config.ok()) return project;
  Error refused = std::move(config).error();
  if (refused.kind == ErrorKind::bad_data) refused.kind = ErrorKind::usage;  // the exit code of configuration
  return refused;
}

Status create_project(const Path& directory, std::string_view name) {
  if (os::path_exists(directory / kConfigFile))
    return Error{ErrorKind::conflict, fmt::format("there is a project in '{}' already", directory.string())};
  TRY(os::make_directories(directory));
  std::string quoted;
  text::append_json_string(quoted, name);
  const std::string config = fmt::format(
      "# The settings of this project.\n"
      "name: {}\n"
      "# snapshot:\n"
      "#   max_size: 256MiB\n"
      "#   max_file_size: 32MiB\n"
      "#   max_files: 20000\n",
      quoted);
  TRY(os::write_file_atomically(directory / kConfigFile, config, os::Overwrite::no));
  if (os::path_exists(directory / ".amlignore")) return {};
  return os::write_file_atomically(directory / ".amlignore", kIgnoreTemplate, os::Overwrite::no);
}

}  // namespace aml::project
