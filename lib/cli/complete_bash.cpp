// The bash completion of a tool: a case per command with its flags, and what to offer as the value of a flag or as
// an argument. Depends on nothing but bash itself.
#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/generate.h"
#include "cli/help.h"

namespace aml::cli {
namespace {

// The words of a flag: "-n", "--limit", with --no-x where there is one.
std::vector<std::string> words_of(const Flag& flag) {
  std::vector<std::string> words;
  if (flag.short_name != 0) words.push_back(fmt::format("-{}", flag.short_name));
  if (!flag.name.empty()) words.push_back(fmt::format("--{}", flag.name));
  if (flag.negatable) words.push_back(fmt::format("--no-{}", flag.name));
  return words;
}

std::string words_of(const std::vector<Flag>& flags) {
  std::vector<std::string> words;
  for (const Flag& flag : flags)
    for (std::string& word : words_of(flag)) words.push_back(std::move(word));
  return fmt::format("{}", fmt::join(words, " "));
}

// A shell command that fills COMPREPLY for a kind of value.
std::string reply(std::string_view tool, Complete kind, const std::vector<std::string>& choices) {
  if (!choices.empty()) return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$cur\"))", fmt::join(choices, " "));
  if (kind == Complete::file) return "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))";
  if (kind == Complete::directory) return "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$cur\"))";
  if (const std::string_view word = completion_word(kind); !word.empty())
    return fmt::format("COMPREPLY=($(compgen -W \"$({} --complete {} \"$cur\" 2>/dev/null)\" -- \"$cur\"))", tool,
                       word);
  return "COMPREPLY=()";
}

std::string value_cases(std::string_view tool, const std::vector<Flag>& flags, std::string_view prefix) {
  std::string out;
  for (const Flag& flag : flags) {
    if (!takes_value(flag)) continue;
    const std::string separator = fmt::format("|{}", prefix);
    const std::string patterns = fmt::format("{}{}", prefix, fmt::join(words_of(flag), separator));
    out += fmt::format("    {}) {}; return ;;\n", patterns, reply(tool, flag.complete, flag.choices));
  }
  return out;
}

std::string values_with_next_word(const std::vector<Flag>& flags) {
  std::vector<std::string> words;
  for (const Flag& flag : flags)
    if (takes_value(flag)) words.push_back(fmt::format("{}", fmt::join(words_of(flag), "|")));
  return fmt::format("{}", fmt::join(words, "|"));
}

std::string command_case(std::string_view tool, const Spec& spec) {
  CommonFlags unused;
  std::string out = fmt::format("    {})\n      flags='{}'\n", spec.name, words_of(all_flags(spec, unused)));
  const Complete kind = spec.positionals.empty() ? Complete::none : spec.positionals.back().complete;
  const std::string arguments = spec.takes_command_line
                                    ? "compopt -o filenames; COMPREPLY=($(compgen -c -f -- \"$cur\"))"
                                    : reply(tool, kind, {});
  return out + fmt::format("      [[ $cur == -* ]] || {{ {}; return; }} ;;\n", arguments);
}

}  // namespace

std::string bash_completion(const Tool& tool) {
  CommonFlags unused;
  const std::vector<Spec> specs = visible_specs(tool);
  const std::vector<Flag> common = common_flags(unused);
  std::vector<std::string> names;
  for (const Spec& spec : specs) names.push_back(spec.name);
  std::string out = fmt::format("# bash completion for {0}; made by {0} --generate bash\n_{0}() {{\n", tool.name);
  out +=
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' flags='' i\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case ${COMP_WORDS[i]} in\n";
  out += fmt::format("    {}) i=$((i + 1)) ;;\n", values_with_next_word(common));
  out +=
      "    -*) ;;\n"
      "    *) command=${COMP_WORDS[i]}; break ;;\n"
      "    esac\n"
      "  done\n"
      "  case $prev in\n" +
      value_cases(tool.name, common, "") +
      "  esac\n"
      "  case $command:$prev in\n";
  for (const Spec& spec : specs) {
    std::vector<Flag> flags = spec.flags;
    const std::vector<Flag> output = output_flags(spec, unused);
    flags.insert(flags.end(), output.begin(), output.end());
    out += value_cases(tool.name, flags, spec.name + ":");
  }
  out += "  esac\n  case $command in\n";
  out += fmt::format("    '') flags='{} {}' ;;\n", fmt::join(names, " "), words_of(common));
  for (const Spec& spec : specs) out += command_case(tool.name, spec);
  out += "  esac\n  COMPREPLY=($(compgen -W \"$flags\" -- \"$cur\"))\n}\n";
  return out + fmt::format("complete -F _{0} {0}\n", tool.name);
}

}  // namespace aml::cli
