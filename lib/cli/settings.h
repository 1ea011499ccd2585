// The settings in effect: flag > AML_… environment > aml.yaml > user file > system file > default, each with the
// place it comes from.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/flags.h"
#include "cli/session.h"

namespace aml::cli {

using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// What the settings depend on besides the command line.
struct Surroundings {
  Environment environment;
  Path directory;                             // where aml.yaml is looked for, upwards
  Path system_file = "/etc/aml/config.yaml";  // another one in tests
  bool stdout_is_terminal = false;
  bool stderr_is_terminal = false;
  unsigned cores = 1;
};

struct Origin {
  std::string key;     // "threads"
  std::string value;   // as text, "" when there is none
  std::string origin;  // "default", "--threads", "AML_THREADS", "config.yaml:3"
};

struct ResolvedSettings {
  Settings settings;
  std::vector<Origin> origins;  // one per key, in the order of the table
};

// Files name settings by the keys of the table in settings.cpp: at the top of a config.yaml, under `settings:` in an
// aml.yaml, whose other keys belong to the project. An unknown key is an error with file, line and the nearest key.
Result<ResolvedSettings> resolve_settings(const CommonFlags& common, const Surroundings& surroundings);

// --color WHEN (or its setting) > NO_COLOR > FORCE_COLOR, CLICOLOR_FORCE > a terminal that can.
bool wants_color(std::string_view when, const Environment& environment, bool is_terminal);

// Each key with its environment variable, flag and meaning, as aml(7) lists them.
struct SettingRow {
  std::string key;
  std::string variable;
  std::string flag;
  std::string meaning;
};
const std::vector<SettingRow>& setting_rows();

}  // namespace aml::cli
