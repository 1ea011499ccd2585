#include "cli/flags.h"

#include <fmt/format.h>

namespace aml::cli {
namespace {

bool reads_names(const Spec& spec) {
  for (const Positional& positional : spec.positionals)
    if (std::holds_alternative<std::vector<std::string>*>(positional.target) && positional.complete != Complete::file)
      return true;
  return false;
}

}  // namespace

std::vector<Flag> common_flags(CommonFlags& values) {
  return {
      {'h', "", "", "short help", &values.short_help},
      {0, "help", "", "full help with examples and exit codes", &values.full_help},
      {'V', "version", "", "print the version; with -v also how it was built", &values.version},
      {'v', "verbose", "", "say more on stderr; twice for times and details", Count{&values.verbose}},
      {'q', "quiet", "", "only errors on stderr", &values.quiet},
      {'j', "threads", "N", "work on N threads (default and 0: all cores)", &values.threads},
      {0, "seed", "N", "seed of everything random (default 0)", &values.seed},
      {0, "store", "DIR", "use the store DIR (default: .aml found upwards)", &values.store, {}, Complete::directory},
      {0, "config", "FILE", "read FILE instead of the user's config.yaml", &values.config, {}, Complete::file},
      {'C', "directory", "DIR", "change to DIR first", &values.directory, {}, Complete::directory},
      {0,
       "color",
       "WHEN",
       "colour: auto, always or never (default auto)",
       &values.color,
       {},
       Complete::choice,
       {"auto", "always", "never"}},
      {0, "no-progress", "", "no progress bar", &values.no_progress},
      {0, "no-input", "", "never ask, even on a terminal", &values.no_input},
      {0, "print-config", "", "list the settings in effect and where each comes from", &values.print_config},
  };
}

std::vector<Flag> output_flags(const Spec& spec, CommonFlags& values) {
  std::vector<Flag> flags;
  const auto add = [&](char letter, std::string name, std::string value, std::string help, Target target) {
    flags.push_back({letter, std::move(name), std::move(value), std::move(help), target, Group::output});
  };
  const bool has_records = spec.output == Output::records || spec.output == Output::record;
  const bool has_json = has_records || spec.output == Output::id;
  add(0, "json", "", has_json ? "JSON Lines, one object per record" : "errors as JSON objects", &values.json);
  if (has_records) {
    add(0, "tsv", "", "tab-separated values with a header line", &values.tsv);
    add(0, "ids", "", "only ids, one per line", &values.ids);
  }
  if (has_records || spec.output == Output::id || reads_names(spec))
    add('0', "null", "", "names and ids end in NUL, read from - and written", &values.null_terminated);
  if (spec.output == Output::data) {
    add('o', "output", "FILE", "write to FILE, whole or not at all (default: stdout)", &values.output_file);
    flags.back().complete = Complete::file;
    add('f', "force", "", "replace an existing FILE", &values.force);
  }
  if (spec.dry_run) add(0, "dry-run", "", "check everything, change nothing, print the plan", &values.dry_run);
  return flags;
}

std::vector<Flag> all_flags(const Spec& spec, CommonFlags& values) {
  std::vector<Flag> flags = spec.flags;
  for (const std::vector<Flag>& more : {output_flags(spec, values), common_flags(values)})
    flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

bool takes_value(const Flag& flag) {
  return !std::holds_alternative<bool*>(flag.target) && !std::holds_alternative<Count>(flag.target);
}

bool is_many(const Flag& flag) { return std::holds_alternative<std::vector<std::string>*>(flag.target); }

std::string spelled(const Flag& flag) {
  return flag.name.empty() ? fmt::format("-{}", flag.short_name) : "--" + flag.name;
}

std::string signature(const Flag& flag) {
  std::string text = flag.short_name != 0 ? fmt::format("-{}", flag.short_name) : "   ";
  if (!flag.name.empty())
    text += fmt::format("{} --{}{}", flag.short_name != 0 ? "," : "", flag.negatable ? "[no-]" : "", flag.name);
  if (takes_value(flag)) text += ' ' + flag.value;
  return text;
}

std::string signature(const Positional& positional) {
  const bool is_vector = std::holds_alternative<std::vector<std::string>*>(positional.target);
  const bool is_optional = std::holds_alternative<std::optional<std::string>*>(positional.target) ||
                           (is_vector && positional.min_count == 0);
  const std::string text = positional.name + (is_vector ? "…" : "");
  return is_optional ? '[' + text + ']' : text;
}

}  // namespace aml::cli
