#include "cli/generate.h"

#include <fmt/format.h>

#include "cli/flags.h"
#include "cli/help.h"
#include "text/json.h"
#include "text/suggest.h"

namespace aml::cli {
namespace {

const char* name_of(Output output) {
  switch (output) {
    case Output::none: return "none";
    case Output::id: return "id";
    case Output::records: return "records";
    case Output::record: return "record";
    case Output::data: return "data";
  }
  return "none";
}

text::Json to_json(const Flag& flag) {
  text::Json object = text::Json::object({{"name", flag.name}});
  if (flag.short_name != 0) object.set("letter", std::string(1, flag.short_name));
  if (takes_value(flag)) object.set("value", flag.value);
  if (flag.required) object.set("required", true);
  if (flag.negatable) object.set("negatable", true);
  object.set("help", flag.help);
  return object;
}

text::Json to_json(const Spec& spec) {
  CommonFlags unused;
  text::Json flags = text::Json::array();
  for (const Flag& flag : all_flags(spec, unused)) flags.push(to_json(flag));
  text::Json positionals = text::Json::array();
  for (const Positional& positional : spec.positionals) positionals.push(signature(positional));
  text::Json examples = text::Json::array();
  for (const Example& example : spec.examples)
    examples.push(text::Json::object({{"command", example.command}, {"what", example.what}}));
  return text::Json::object({{"type", "command"},
                             {"name", spec.name},
                             {"summary", spec.summary},
                             {"output", name_of(spec.output)},
                             {"hidden", spec.hidden},
                             {"takes_command_line", spec.takes_command_line},
                             {"positionals", std::move(positionals)},
                             {"flags", std::move(flags)},
                             {"examples", std::move(examples)}});
}

std::string command_names(const Tool& tool) {
  std::string out;
  for (const Spec& spec : visible_specs(tool)) out += spec.name + "\n";
  return out;
}

}  // namespace

std::string command_table(const Tool& tool) {
  std::string out;
  for (const CommandMaker& maker : tool.commands) out += to_json(maker()->spec()).dump() + "\n";
  return out;
}

std::string_view completion_word(Complete kind) {
  switch (kind) {
    case Complete::run: return "run";
    case Complete::model: return "model";
    case Complete::column: return "column";
    case Complete::none:
    case Complete::file:
    case Complete::directory:
    case Complete::choice: return "";
  }
  return "";
}

Result<std::string> generate(const Tool& tool, const std::string& kind) {
  if (kind == "man") return man_page(tool);
  if (kind == "bash") return bash_completion(tool);
  if (kind == "zsh") return zsh_completion(tool);
  if (kind == "fish") return fish_completion(tool);
  if (kind == "commands") return command_table(tool);
  if (kind == "names") return command_names(tool);
  return Error{ErrorKind::usage, fmt::format("cannot generate '{}'", kind),
               text::suggestion_hint(kind, {"man", "bash", "zsh", "fish", "commands", "names"})};
}

}  // namespace aml::cli
