#include "cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "text/yaml.h"

namespace aml::cli {
namespace {

struct Value {
  std::string text;
  std::string origin;
  Path base;  // relative paths in files are relative to the file
};
using Values = std::map<std::string, Value, std::less<>>;

constexpr uint64_t kThreadsMax = 4096;

std::vector<std::string> known_keys() {
  std::vector<std::string> keys;
  for (const SettingRow& row : setting_rows()) keys.push_back(row.key);
  return keys;
}

Error usage(Error error) {
  error.kind = ErrorKind::usage;
  return error;
}

// Adds what `node` says, where no stronger place said it already.
Status add_mapping(const text::Yaml& node, const Path& file, Values& values) {
  if (node.is_null()) return {};
  if (Status keys = text::check_keys(node, known_keys(), "the settings"); !keys.ok())
    return usage(std::move(keys).error());
  for (const text::Yaml::Entry& entry : node.entries()) {
    if (!entry.value.is_scalar()) return usage(entry.value.error(fmt::format("'{}' must be one value", entry.key)));
    const std::string origin = fmt::format("{}:{}", file.string(), entry.value.line());
    values.try_emplace(entry.key, Value{entry.value.scalar(), origin, file.parent_path()});
  }
  return {};
}

enum class FileKind : uint8_t { project, config };

Status add_file(const Path& file, FileKind kind, Values& values) {
  const std::string content = TRY(os::read_file(file));
  auto parsed = text::parse_yaml(content, file.string());
  if (!parsed.ok()) return usage(std::move(parsed).error());
  if (kind == FileKind::config) return add_mapping(*parsed, file, values);
  const text::Yaml* section = parsed->find("settings");
  return section != nullptr ? add_mapping(*section, file, values) : Status();
}

std::optional<Path> find_project_file(const Path& from) {
  for (Path directory = from;; directory = directory.parent_path()) {
    Path file = directory / "aml.yaml";
    if (os::path_exists(file)) return file;
    if (directory == directory.parent_path()) return std::nullopt;
  }
}

std::optional<Path> user_file(const Environment& environment) {
  if (const auto home = environment("XDG_CONFIG_HOME"); home && !home->empty())
    return Path(*home) / "aml" / "config.yaml";
  if (const auto home = environment("HOME"); home && !home->empty())
    return Path(*home) / ".config" / "aml" / "config.yaml";
  return std::nullopt;
}

void add_flags(const CommonFlags& common, const Path& directory, Values& values) {
  if (common.store) values["store"] = {*common.store, "--store", directory};
  if (common.threads) values["threads"] = {std::to_string(*common.threads), "--threads", {}};
  if (common.seed) values["seed"] = {std::to_string(*common.seed), "--seed", {}};
  if (common.color) values["color"] = {*common.color, "--color", {}};
  if (common.no_progress) values["progress"] = {"false", "--no-progress", {}};
  if (common.no_input) values["input"] = {"false", "--no-input", {}};
}

void add_environment(const Environment& environment, const Path& directory, Values& values) {
  for (const SettingRow& row : setting_rows())
    if (auto text = environment(row.variable); text && !text->empty())
      values.try_emplace(row.key, Value{std::move(*text), row.variable, directory});
}

Status add_files(const CommonFlags& common, const Surroundings& surroundings, Values& values) {
  if (const auto file = find_project_file(surroundings.directory)) TRY(add_file(*file, FileKind::project, values));
  const auto named = common.config ? common.config : surroundings.environment("AML_CONFIG");
  if (named && !named->empty()) return add_file(*named, FileKind::config, values);
  if (const auto file = user_file(surroundings.environment); file && os::path_exists(*file))
    TRY(add_file(*file, FileKind::config, values));
  if (os::path_exists(surroundings.system_file)) TRY(add_file(surroundings.system_file, FileKind::config, values));
  return {};
}

Error bad_value(std::string_view key, const Value& value, std::string_view expected) {
  return Error{ErrorKind::usage, fmt::format("{}: {} '{}' is not {}", value.origin, key, value.text, expected)};
}

Result<uint64_t> number_of(const Values& values, std::string_view key, uint64_t fallback) {
  const auto found = values.find(key);
  if (found == values.end()) return fallback;
  const std::string& text = found->second.text;
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    return bad_value(key, found->second, "a whole number from 0 up");
  return number;
}

Result<bool> switch_of(const Values& values, std::string_view key, bool fallback) {
  const auto found = values.find(key);
  if (found == values.end()) return fallback;
  if (found->second.text == "true" || found->second.text == "1") return true;
  if (found->second.text == "false" || found->second.text == "0") return false;
  return bad_value(key, found->second, "true or false");
}

bool is_set(const Environment& environment, std::string_view name) {
  const auto value = environment(name);
  return value && !value->empty();
}

Result<std::string> color_choice(const Values& values) {
  const auto found = values.find("color");
  if (found == values.end()) return std::string("auto");
  const std::string& when = found->second.text;
  if (when != "auto" && when != "always" && when != "never")
    return bad_value("color", found->second, "auto, always or never");
  return when;
}

std::vector<Origin> origins_of(const Values& values, const Settings& settings) {
  const std::map<std::string, std::string> effective = {
      {"store", settings.store_dir ? settings.store_dir->string() : ""},
      {"threads", std::to_string(settings.threads)},
      {"seed", std::to_string(settings.seed)},
      {"color", values.contains("color") ? values.find("color")->second.text : "auto"},
      {"progress", settings.progress ? "true" : "false"},
      {"input", settings.no_input ? "false" : "true"}};
  std::vector<Origin> origins;
  for (const SettingRow& row : setting_rows()) {
    const auto found = values.find(row.key);
    origins.push_back({row.key, effective.at(row.key), found == values.end() ? "default" : found->second.origin});
  }
  return origins;
}

}  // namespace

bool wants_color(std::string_view when, const Environment& environment, bool is_terminal) {
  if (when != "auto") return when == "always";
  if (is_set(environment, "NO_COLOR")) return false;
  for (const char* name : {"FORCE_COLOR", "CLICOLOR_FORCE"})
    if (is_set(environment, name)) return environment(name) != "0";
  return is_terminal && environment("TERM").value_or("") != "dumb" && is_set(environment, "TERM");
}

const std::vector<SettingRow>& setting_rows() {
  static const std::vector<SettingRow> rows = {
      {"store", "AML_STORE", "--store", "the store; without it the .aml folder found upwards"},
      {"threads", "AML_THREADS", "-j, --threads", "threads to work on; 0 means all cores"},
      {"seed", "AML_SEED", "--seed", "seed of everything random"},
      {"color", "AML_COLOR", "--color", "colour: auto, always or never"},
      {"progress", "AML_PROGRESS", "--no-progress", "whether to draw a progress bar on a terminal"},
      {"input", "AML_INPUT", "--no-input", "whether a question may be asked on a terminal"},
  };
  return rows;
}

Result<ResolvedSettings> resolve_settings(const CommonFlags& common, const Surroundings& surroundings) {
  Values values;
  add_flags(common, surroundings.directory, values);
  add_environment(surroundings.environment, surroundings.directory, values);
  TRY(add_files(common, surroundings, values));

  Settings settings;
  if (const auto found = values.find("store"); found != values.end())
    settings.store_dir = found->second.base / found->second.text;
  const uint64_t threads = TRY(number_of(values, "threads", 0));
  if (threads > kThreadsMax)
    return Error{ErrorKind::usage, fmt::format("{} threads are too many, at most {}", threads, kThreadsMax)};
  settings.threads = threads == 0 ? surroundings.cores : static_cast<unsigned>(threads);
  settings.seed = TRY(number_of(values, "seed", 0));
  settings.verbosity = common.quiet ? -1 : static_cast<int>(std::min<int64_t>(common.verbose, 2));
  settings.dry_run = common.dry_run;
  settings.force = common.force;
  settings.null_terminated = common.null_terminated;
  settings.no_input = !TRY(switch_of(values, "input", true));
  const std::string when = TRY(color_choice(values));
  settings.color_stdout = wants_color(when, surroundings.environment, surroundings.stdout_is_terminal);
  settings.color_stderr = wants_color(when, surroundings.environment, surroundings.stderr_is_terminal);
  const bool can_draw =
      surroundings.stderr_is_terminal && surroundings.environment("TERM").value_or("dumb") != "dumb" && !common.quiet;
  settings.progress = TRY(switch_of(values, "progress", true)) && can_draw;
  std::vector<Origin> origins = origins_of(values, settings);
  return ResolvedSettings{std::move(settings), std::move(origins)};
}

}  // namespace aml::cli
