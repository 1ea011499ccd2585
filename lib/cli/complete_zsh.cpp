// The zsh completion of a tool: _arguments for the common flags, and again for each command.
#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/generate.h"
#include "cli/help.h"

namespace aml::cli {
namespace {

// Inside '…[help]' of an _arguments specification.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') out += "'\\''";
    else if (c == '[' || c == ']' || c == ':' || c == '\\') out += fmt::format("\\{}", c);
    else out += c;
  }
  return out;
}

std::string action(std::string_view tool, Complete kind, const std::vector<std::string>& choices) {
  if (!choices.empty()) return fmt::format("({})", fmt::join(choices, " "));
  if (kind == Complete::file) return "_files";
  if (kind == Complete::directory) return "_files -/";
  if (const std::string_view word = completion_word(kind); !word.empty())
    return fmt::format("{{_{}_values {}}}", tool, word);
  return " ";
}

std::string flag_lines(std::string_view tool, const Flag& flag) {
  std::string value;
  if (takes_value(flag)) value = fmt::format(":{}:{}", escaped(flag.value), action(tool, flag.complete, flag.choices));
  const std::string repeat = is_many(flag) || std::holds_alternative<Count>(flag.target) ? "*" : "";
  std::string out;
  const auto add = [&](const std::string& word) {
    out += fmt::format("      '{}{}[{}]{}' \\\n", repeat, word, escaped(flag.help), value);
  };
  if (flag.short_name != 0) add(fmt::format("-{}{}", flag.short_name, takes_value(flag) ? "+" : ""));
  if (!flag.name.empty()) add(fmt::format("--{}{}", flag.name, takes_value(flag) ? "=" : ""));
  if (flag.negatable) add(fmt::format("--no-{}", flag.name));
  return out;
}

std::string argument_line(std::string_view tool, const Spec& spec) {
  if (spec.takes_command_line) return "      '*::program:_normal'\n";
  if (spec.positionals.empty()) return "      ':'\n";
  const Positional& last = spec.positionals.back();
  return fmt::format("      '*:{}:{}'\n", escaped(last.name), action(tool, last.complete, {}));
}

std::string command_case(std::string_view tool, const Spec& spec) {
  CommonFlags unused;
  std::string out = fmt::format("    {})\n      _arguments -s -S \\\n", spec.name);
  for (const Flag& flag : all_flags(spec, unused)) out += flag_lines(tool, flag);
  return out + argument_line(tool, spec) + "      ;;\n";
}

}  // namespace

std::string zsh_completion(const Tool& tool) {
  CommonFlags unused;
  const std::vector<Spec> specs = visible_specs(tool);
  std::string out = fmt::format("#compdef {0}\n# zsh completion for {0}; made by {0} --generate zsh\n", tool.name);
  out += fmt::format(
      "_{0}_values() {{\n  local -a values\n"
      "  values=(${{(f)\"$({0} --complete $1 \"$PREFIX\" 2>/dev/null)\"}})\n  compadd -a values\n}}\n",
      tool.name);
  out += fmt::format("_{}() {{\n  local context state line\n  local -a commands\n  commands=(\n", tool.name);
  for (const Spec& spec : specs) out += fmt::format("    '{}:{}'\n", spec.name, escaped(spec.summary));
  out += "  )\n  _arguments -C -s -S \\\n";
  for (const Flag& flag : common_flags(unused)) out += flag_lines(tool.name, flag);
  out +=
      "      '1:command:->command' '*::argument:->argument'\n"
      "  case $state in\n  command) _describe command commands ;;\n  argument)\n    case $words[1] in\n";
  for (const Spec& spec : specs) out += command_case(tool.name, spec);
  out += "    esac ;;\n  esac\n}\n";
  return out + fmt::format("_{0} \"$@\"\n", tool.name);
}

}  // namespace aml::cli
