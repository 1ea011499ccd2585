#include "cli/parse.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/assign.h"
#include "text/suggest.h"

namespace aml::cli {
namespace {

bool looks_like_flag(const std::string& word) { return word.size() > 1 && word[0] == '-'; }

bool is_known(const std::vector<Flag>& flags, const std::string& word) {
  return std::any_of(flags.begin(), flags.end(), [&](const Flag& flag) {
    const bool is_letter = word[1] != '-' && word[1] == flag.short_name;
    return is_letter || (!flag.name.empty() && word.substr(0, word.find('=')) == fmt::format("--{}", flag.name));
  });
}

// Whether a common flag, as written, takes the next word as its value: "-j" does, "-j4" and "--seed=1" do not.
bool takes_next_word(const std::vector<Flag>& flags, const std::string& word) {
  for (const Flag& flag : flags) {
    if (!takes_value(flag)) continue;
    if (!flag.name.empty() && word == "--" + flag.name) return true;
    // The letter may end a group of letters without values: "-vC DIR".
    if (flag.short_name != 0 && word[1] != '-' && word.back() == flag.short_name) {
      const auto is_switch = [&](char letter) {
        return std::any_of(flags.begin(), flags.end(),
                           [&](const Flag& other) { return other.short_name == letter && !takes_value(other); });
      };
      if (std::all_of(word.begin() + 1, word.end() - 1, is_switch)) return true;
    }
  }
  return false;
}

// CLI11 takes "--name=" for "--name" and would eat the next word; two words say what is meant.
std::vector<std::string> split_empty_values(const std::vector<std::string>& words) {
  std::vector<std::string> result;
  for (const std::string& word : words) {
    if (word.starts_with("--") && word.size() > 3 && word.find('=') == word.size() - 1) {
      result.push_back(word.substr(0, word.size() - 1));
      result.emplace_back();
    } else {
      result.push_back(word);
    }
  }
  return result;
}

// One flag and what CLI11 found for it.
struct Binding {
  const Flag* flag = nullptr;
  CLI::Option* option = nullptr;
  CLI::Option* negation = nullptr;
};

Binding bind(CLI::App& app, const Flag& flag) {
  std::string names = flag.short_name != 0 ? fmt::format("-{}", flag.short_name) : "";
  if (!flag.name.empty()) names += (names.empty() ? "--" : ",--") + flag.name;
  Binding binding{&flag};
  if (takes_value(flag)) {
    binding.option = app.add_option(names, CLI::callback_t([](const CLI::results_t&) { return true; }), "");
    binding.option->expected(1)->take_all()->allow_extra_args(false);
    return binding;
  }
  binding.option = app.add_flag(names)->disable_flag_override()->take_all();
  if (flag.negatable) binding.negation = app.add_flag("--no-" + flag.name)->disable_flag_override()->take_all();
  return binding;
}

// CLI11's messages start with the option's name, as in "--limit: 1 required TEXT missing" and, without its dashes,
// "shout was given a disallowed flag override"; only the name is used.
Error usage_error(const CLI::ParseError& error, const std::vector<Flag>& flags) {
  const std::string message = error.what();
  const std::string name = message.substr(0, message.find_first_of(": "));
  for (const Flag& flag : flags) {
    const std::vector<std::string> names = {fmt::format("-{}", flag.short_name), flag.name,
                                            fmt::format("--{}", flag.name), fmt::format("no-{}", flag.name)};
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    if (takes_value(flag))
      return {ErrorKind::usage, fmt::format("{} needs a value: {}", spelled(flag), flag.help), "-h shows the usage"};
    return {ErrorKind::usage, fmt::format("{} takes no value", spelled(flag))};
  }
  return {ErrorKind::usage, message};
}

Error unknown_flag(const std::string& word, const std::vector<Flag>& flags) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> names;
  for (const Flag& flag : flags) {
    names.push_back(spelled(flag));
    if (flag.negatable) names.push_back("--no-" + flag.name);
  }
  const std::string nearest = name.starts_with("--") ? text::nearest_name(name, names) : "";
  return {ErrorKind::usage, fmt::format("unknown flag '{}'", name),
          nearest.empty() ? "-h lists the flags" : fmt::format("did you mean '{}'?", nearest)};
}

Status read_binding(const Binding& binding) {
  const Flag& flag = *binding.flag;
  const bool is_given = binding.option->count() > 0;
  if (takes_value(flag)) return is_given ? assign(flag, binding.option->results()) : Status();
  const bool is_negated = binding.negation != nullptr && binding.negation->count() > 0;
  if (is_given && is_negated)
    return Error{ErrorKind::usage, fmt::format("--{} and --no-{} exclude each other", flag.name, flag.name)};
  if (is_given) assign_switch(flag, static_cast<int64_t>(binding.option->count()), true);
  if (is_negated) assign_switch(flag, 1, false);
  return {};
}

Status check_required(const std::vector<Binding>& bindings) {
  for (const Binding& binding : bindings)
    if (binding.flag->required && binding.option->count() == 0)
      return Error{ErrorKind::usage,
                   fmt::format("missing {} {}: {}", spelled(*binding.flag), binding.flag->value, binding.flag->help),
                   "-h shows the usage"};
  return {};
}

Status check_exclusive(const CommonFlags& common) {
  if (common.json + common.tsv + common.ids > 1)
    return Error{ErrorKind::usage, "--json, --tsv and --ids exclude each other", "choose one"};
  if (common.quiet && common.verbose > 0) return Error{ErrorKind::usage, "-q and -v exclude each other", "choose one"};
  return {};
}

bool wants_help(const CommonFlags& common) { return common.short_help || common.full_help; }

// Asks for something that needs none of the command's arguments.
bool wants_no_work(const CommonFlags& common) { return common.version || common.print_config; }

Status check_one_stdin(const std::vector<std::string>& words) {
  if (std::count(words.begin(), words.end(), "-") > 1)
    return Error{ErrorKind::usage, "'-' is given twice", "standard input can be read once"};
  return {};
}

Status check_no_flag_left(const std::vector<std::string>& words, const std::vector<Flag>& flags) {
  for (const std::string& word : words)
    if (looks_like_flag(word)) return unknown_flag(word, flags);
  return {};
}

// Splits what CLI11 left into positionals and the program; an unknown flag ends it.
Result<std::vector<std::string>> place_words(const Spec& spec, const std::vector<Flag>& flags,
                                             std::vector<std::string> words, const CutLine& line) {
  const bool starts_program = spec.takes_command_line && spec.positionals.empty();
  if (!words.empty() && starts_program) {
    if (looks_like_flag(words.front())) return unknown_flag(words.front(), flags);
    if (line.has_double_dash) words.emplace_back("--");
    words.insert(words.end(), line.program.begin(), line.program.end());
    return words;
  }
  TRY(check_no_flag_left(words, flags));
  if (!spec.takes_command_line) words.insert(words.end(), line.program.begin(), line.program.end());
  TRY(assign_positionals(spec.positionals, words));
  TRY(check_one_stdin(words));
  return spec.takes_command_line ? line.program : std::vector<std::string>();
}

}  // namespace

Error stray_flag_error(const std::string& word) {
  CommonFlags unused;
  return unknown_flag(word, common_flags(unused));
}

CutLine cut_line(const std::vector<std::string>& arguments) {
  CommonFlags unused;
  const std::vector<Flag> flags = common_flags(unused);
  CutLine line;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--") {
      line.has_double_dash = true;
      line.program.assign(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
      break;
    }
    if (line.command.empty() && !looks_like_flag(word)) {
      line.command = word;
      continue;
    }
    line.words.push_back(word);
    if (line.command.empty() && !is_known(flags, word)) line.stray_flag = word;
    const bool has_value = line.command.empty() && takes_next_word(flags, word);
    if (has_value && i + 1 < arguments.size() && arguments[i + 1] != "--") line.words.push_back(arguments[++i]);
  }
  return line;
}

Result<std::vector<std::string>> parse(const Spec& spec, CommonFlags& common, const CutLine& line) {
  const std::vector<Flag> flags = all_flags(spec, common);
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  if (spec.takes_command_line && spec.positionals.empty()) app.prefix_command();
  std::vector<Binding> bindings;
  for (const Flag& flag : flags) bindings.push_back(bind(app, flag));
  try {
    std::vector<std::string> words = split_empty_values(line.words);
    std::reverse(words.begin(), words.end());  // CLI11 takes from the back
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return usage_error(error, flags);
  }
  for (const Binding& binding : bindings) TRY(read_binding(binding));
  TRY(check_exclusive(common));
  if (wants_help(common)) return std::vector<std::string>();
  if (wants_no_work(common)) {
    TRY(check_no_flag_left(app.remaining(), flags));
    return std::vector<std::string>();
  }
  std::vector<std::string> program = TRY(place_words(spec, flags, app.remaining(), line));
  TRY(check_required(bindings));
  if (spec.takes_command_line && program.empty())
    return Error{ErrorKind::usage, "missing the program to run", fmt::format("{} [FLAGS] -- PROGRAM ARGS", spec.name)};
  return program;
}

}  // namespace aml::cli
