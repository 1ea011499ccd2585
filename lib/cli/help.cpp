#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/flags.h"
#include "cli/wrap.h"
#include "text/unicode.h"

namespace aml::cli {
namespace {

size_t line_count(std::string_view text) { return static_cast<size_t>(std::count(text.begin(), text.end(), '\n')); }

// Where the right column of a list starts: behind the longest left side that is not unusually long.
size_t right_column(const std::vector<std::string>& lefts) {
  constexpr size_t kLeftMax = 26;
  size_t width = 12;
  for (const std::string& left : lefts)
    if (const size_t columns = text::display_width(left); columns <= kLeftMax) width = std::max(width, columns);
  return width + 4;
}

std::string flag_list(const std::vector<Flag>& flags) {
  std::vector<std::string> lefts;
  for (const Flag& flag : flags) lefts.push_back(signature(flag));
  const size_t right_at = right_column(lefts);
  std::string out;
  for (size_t i = 0; i < flags.size(); ++i) out += two_columns(lefts[i], flags[i].help, {right_at, kHelpColumns});
  return out;
}

std::vector<Flag> flags_of_group(const std::vector<Flag>& flags, Group group) {
  std::vector<Flag> result;
  std::copy_if(flags.begin(), flags.end(), std::back_inserter(result),
               [&](const Flag& flag) { return flag.group == group; });
  return result;
}

std::string section(std::string_view title, const std::string& body) {
  return body.empty() ? "" : fmt::format("\n{}:\n{}", title, body);
}

std::string examples_text(const std::vector<Example>& examples) {
  std::string out;
  for (const Example& example : examples) {
    out += fmt::format("  {}\n", example.command);
    if (!example.what.empty()) out += wrap(example.what, {kHelpColumns, 6});
  }
  return out;
}

std::string positionals_text(const Spec& spec) {
  std::vector<std::string> lefts;
  for (const Positional& positional : spec.positionals) lefts.push_back(signature(positional));
  std::string out;
  for (size_t i = 0; i < lefts.size(); ++i)
    out += two_columns(lefts[i], spec.positionals[i].help, {right_column(lefts), kHelpColumns});
  return out;
}

// One line per flag, cut rather than wrapped.
std::string brief_line(const Flag& flag, size_t right_at) {
  std::string line = fmt::format("  {}", signature(flag));
  const size_t width = text::display_width(line);
  line.append(width + 2 <= right_at ? right_at - width : 2, ' ');
  return text::fit_for_display(line + flag.help, kHelpColumns) + "\n";
}

// A word too long to be wrapped may still reach beyond the last column.
bool fits(std::string_view text, size_t lines) {
  if (line_count(text) > lines) return false;
  for (size_t start = 0; start < text.size();) {
    const size_t end = text.find('\n', start);
    if (text::display_width(text.substr(start, end - start)) > kHelpColumns) return false;
    start = end + 1;
  }
  return true;
}

// As many flags as fit into `lines`, the required ones first; the others by name only. Where there is room, help is
// wrapped instead of cut.
std::string brief_flags(std::vector<Flag> flags, size_t lines) {
  if (std::string whole = flag_list(flags); fits(whole, lines)) return whole;
  std::stable_partition(flags.begin(), flags.end(), [](const Flag& flag) { return flag.required; });
  std::vector<std::string> lefts;
  for (const Flag& flag : flags) lefts.push_back(signature(flag));
  const size_t right_at = right_column(lefts);
  const size_t shown = flags.size() <= lines ? flags.size() : lines - std::min<size_t>(lines, 3);
  std::string out;
  for (size_t i = 0; i < shown; ++i) out += brief_line(flags[i], right_at);
  if (shown == flags.size()) return out;
  std::string others = "and";
  for (size_t i = shown; i < flags.size(); ++i) others += fmt::format(" {}", spelled(flags[i]));
  const std::string wrapped = wrap(others, {kHelpColumns, 2});
  return out + (line_count(wrapped) <= 3 ? wrapped : wrapped.substr(0, wrapped.find('\n', wrapped.find('\n') + 1) + 1));
}

// The first example that fits on a line: a cut one could not be pasted.
std::string brief_example(const Spec& spec) {
  for (const Example& example : spec.examples)
    if (text::display_width(example.command) + 7 <= kHelpColumns && example.command.find('\n') == std::string::npos)
      return fmt::format("  e.g. {}\n", example.command);
  return {};
}

std::string common_line() { return "Common: -h --help -V -v -q -j -C --seed --store --config --color --no-progress\n"; }

std::string exit_codes_text(const Spec& spec) {
  std::string out;
  for (const std::string& note : spec.exit_notes) {
    const size_t gap = note.find(' ');
    const std::string code = note.substr(0, gap);
    const size_t text_at = gap == std::string::npos ? note.size() : note.find_first_not_of(' ', gap);
    out += two_columns(code, std::string_view(note).substr(std::min(text_at, note.size())), {8, kHelpColumns});
  }
  return out + two_columns("7", "standard output, a file or the network failed", {8, kHelpColumns});
}

std::string command_list(const std::vector<Spec>& specs) {
  std::vector<std::string> lefts;
  for (const Spec& spec : specs) lefts.push_back(spec.name);
  std::string out;
  for (const Spec& spec : specs) out += two_columns(spec.name, spec.summary, {right_column(lefts), kHelpColumns});
  return out;
}

std::string brief_command_list(const std::vector<Spec>& specs) {
  constexpr size_t kListedMax = kShortHelpLines - 8;
  std::string out;
  if (specs.size() <= kListedMax) {
    for (const Spec& spec : specs)
      out += text::fit_for_display(fmt::format("  {:<12}{}", spec.name, spec.summary), kHelpColumns) + "\n";
    return out;
  }
  std::vector<std::string> names;
  for (const Spec& spec : specs) names.push_back(spec.name);
  return wrap(fmt::format("{}", fmt::join(names, ", ")), {kHelpColumns, 2});
}

}  // namespace

std::vector<Spec> visible_specs(const Tool& tool) {
  std::vector<Spec> specs;
  for (const CommandMaker& maker : tool.commands) {
    Spec spec = maker()->spec();
    if (!spec.hidden) specs.push_back(std::move(spec));
  }
  return specs;
}

std::string usage_line(std::string_view tool, const Spec& spec) {
  std::string line = fmt::format("{} {} [FLAGS]", tool, spec.name);
  for (const Flag& flag : spec.flags)
    if (flag.required) line += fmt::format(" {} {}", spelled(flag), flag.value);
  for (const Positional& positional : spec.positionals) line += fmt::format(" {}", signature(positional));
  if (spec.takes_command_line) line += " -- PROGRAM [ARG…]";
  return line;
}

std::string short_help(std::string_view tool, const Spec& spec) {
  CommonFlags unused;
  std::string head = wrap(fmt::format("{} {}: {}", tool, spec.name, spec.summary), {kHelpColumns, 0});
  head += '\n' + wrap(fmt::format("Usage: {}", usage_line(tool, spec)), {kHelpColumns, 0});
  head += brief_example(spec);
  std::vector<Flag> flags = spec.flags;
  const std::vector<Flag> output = output_flags(spec, unused);
  flags.insert(flags.end(), output.begin(), output.end());
  const std::string tail = '\n' + common_line() + fmt::format("More:   {} {} --help\n", tool, spec.name);
  const size_t used = line_count(head) + line_count(tail) + 1;
  const size_t left = kShortHelpLines - std::min(kShortHelpLines, used);
  return head + (flags.empty() ? std::string() : '\n' + brief_flags(flags, left)) + tail;
}

std::string short_help(const Tool& tool) {
  return fmt::format("{}: {}\n\nUsage: {} COMMAND [FLAGS] [ARGS…]\n\n{}\n{}More:   {} COMMAND -h, {} --help, man {}\n",
                     tool.name, tool.summary, tool.name, brief_command_list(visible_specs(tool)), common_line(),
                     tool.name, tool.name, tool.name);
}

std::string full_help(std::string_view tool, const Spec& spec) {
  CommonFlags unused;
  std::string out = wrap(fmt::format("{} {}: {}", tool, spec.name, spec.summary), {kHelpColumns, 0});
  out += section("Usage", wrap(usage_line(tool, spec), {kHelpColumns, 2}));
  if (!spec.description.empty()) out += '\n' + wrap(spec.description, {kHelpColumns, 0});
  out += section("Arguments", positionals_text(spec));
  out += section("Examples", examples_text(spec.examples));
  std::vector<Flag> output = flags_of_group(spec.flags, Group::output);
  const std::vector<Flag> more = output_flags(spec, unused);
  output.insert(output.end(), more.begin(), more.end());
  out += section("Input", flag_list(flags_of_group(spec.flags, Group::input)));
  out += section("Selection", flag_list(flags_of_group(spec.flags, Group::selection)));
  out += section("Output", flag_list(output));
  out += section("Common", flag_list(common_flags(unused)));
  out += section("Exit codes (others: aml(7))", exit_codes_text(spec));
  std::vector<std::string> pages = spec.see_also;
  pages.push_back(fmt::format("{}(1)", tool));
  pages.push_back("aml(7)");
  return out + section("See also", wrap(fmt::format("{}", fmt::join(pages, ", ")), {kHelpColumns, 2}));
}

std::string full_help(const Tool& tool) {
  CommonFlags unused;
  std::string out = fmt::format("{}: {}\n", tool.name, tool.summary);
  out += section("Usage", fmt::format("  {} COMMAND [FLAGS] [ARGS…]\n", tool.name));
  const std::vector<Spec> specs = visible_specs(tool);
  out += section("Commands", command_list(specs));
  std::vector<Example> examples;
  for (const Spec& spec : specs)
    if (!spec.examples.empty() && examples.size() < 4) examples.push_back(spec.examples.front());
  out += section("Examples", examples_text(examples));
  out += section("Common", flag_list(common_flags(unused)));
  out += section("Exit codes", two_columns("0", "done", {8, kHelpColumns}) +
                                   two_columns("1", "the answer is no", {8, kHelpColumns}) +
                                   two_columns("2", "usage or configuration", {8, kHelpColumns}) +
                                   two_columns("3…8", "see aml(7)", {8, kHelpColumns}));
  return out + section("See also", fmt::format("  {}(1), aml(7)\n", tool.name));
}

}  // namespace aml::cli
