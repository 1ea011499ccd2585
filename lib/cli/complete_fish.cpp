// The fish completion of a tool: one `complete` line per command and flag.
#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/generate.h"
#include "cli/help.h"

namespace aml::cli {
namespace {

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

// "-r" with what to offer; -x where only those values are allowed.
std::string value_part(std::string_view tool, Complete kind, const std::vector<std::string>& choices) {
  if (!choices.empty()) return " -x -a " + fish_quoted(fmt::format("{}", fmt::join(choices, " ")));
  if (kind == Complete::file) return " -r -F";
  if (kind == Complete::directory) return " -x -a '(__fish_complete_directories)'";
  if (const std::string_view word = completion_word(kind); !word.empty())
    return " -x -a " + fish_quoted(fmt::format("({} --complete {} (commandline -ct) 2>/dev/null)", tool, word));
  return " -x";
}

std::string flag_line(std::string_view tool, std::string_view condition, const Flag& flag) {
  std::string line = fmt::format("complete -c {}{}", tool, condition);
  if (flag.short_name != 0) line += fmt::format(" -s {}", flag.short_name);
  if (!flag.name.empty()) line += " -l " + flag.name;
  if (takes_value(flag)) line += value_part(tool, flag.complete, flag.choices);
  line += " -d " + fish_quoted(flag.help) + "\n";
  if (flag.negatable)
    line +=
        fmt::format("complete -c {}{} -l no-{} -d {}\n", tool, condition, flag.name, fish_quoted("not: " + flag.help));
  return line;
}

std::string argument_line(std::string_view tool, std::string_view condition, const Spec& spec) {
  if (spec.takes_command_line)
    return fmt::format("complete -c {}{} -x -a '(__fish_complete_subcommand)'\n", tool, condition);
  if (spec.positionals.empty()) return {};
  const Complete kind = spec.positionals.back().complete;
  if (kind == Complete::none || kind == Complete::choice) return {};
  const std::string_view files = kind == Complete::file ? " -F" : "";
  if (!files.empty()) return fmt::format("complete -c {}{}{}\n", tool, condition, files);
  return fmt::format("complete -c {}{}{}\n", tool, condition, value_part(tool, kind, {}));
}

}  // namespace

std::string fish_completion(const Tool& tool) {
  CommonFlags unused;
  const std::vector<Spec> specs = visible_specs(tool);
  std::string out =
      fmt::format("# fish completion for {0}; made by {0} --generate fish\ncomplete -c {0} -f\n", tool.name);
  for (const Flag& flag : common_flags(unused)) out += flag_line(tool.name, "", flag);
  for (const Spec& spec : specs)
    out += fmt::format("complete -c {} -n __fish_use_subcommand -a {} -d {}\n", tool.name, spec.name,
                       fish_quoted(spec.summary));
  for (const Spec& spec : specs) {
    const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", spec.name);
    for (const Flag& flag : spec.flags) out += flag_line(tool.name, condition, flag);
    for (const Flag& flag : output_flags(spec, unused)) out += flag_line(tool.name, condition, flag);
    out += argument_line(tool.name, condition, spec);
  }
  return out;
}

}  // namespace aml::cli
