// The man page of a tool: one page with a section per command, so that `man amlhist` answers everything.
// In man(7) a backslash starts an escape, a line that starts with a dot or quote is a request, and "-" is a hyphen
// that cannot be pasted; groff -ww accepts the result without a word.
#include <fmt/format.h>

#include <set>

#include "cli/flags.h"
#include "cli/generate.h"
#include "cli/help.h"
#include "text/unicode.h"

namespace aml::cli {
namespace {

// Text as roff sees it. Characters outside ASCII are written as \[uXXXX], which every groff and mandoc knows.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += "\\(rs";
    else if (c == '-') out += "\\-";
    else if (c == '\'') out += "\\(aq";
    else if (c == '`') out += "\\(ga";
    else if (c == '^') out += "\\(ha";
    else if (c == '~') out += "\\(ti";
    else if (c == '"') out += "\\(dq";
    else out += c;
  }
  std::string ascii;
  for (size_t at = 0; at < out.size();) {
    if (out.compare(at, 3, "…") == 0) {
      ascii += "\\&...";
      at += 3;
    } else {
      ascii += out[at++];
    }
  }
  if (ascii.starts_with('.')) ascii.insert(0, "\\&");
  return ascii;
}

std::string flag_entry(const Flag& flag) {
  std::string text = ".TP\n.B ";
  if (flag.short_name != 0) text += escaped(fmt::format("-{}", flag.short_name));
  if (flag.short_name != 0 && !flag.name.empty()) text += ", ";
  if (!flag.name.empty()) text += escaped(fmt::format("--{}{}", flag.negatable ? "[no-]" : "", flag.name));
  if (takes_value(flag)) text += fmt::format(" \\fI{}\\fP", escaped(flag.value));
  return text + "\n" + escaped(flag.help) + "\n";
}

std::string entry(std::string_view head, std::string_view body) {
  return fmt::format(".TP\n.B {}\n{}\n", escaped(head), escaped(body));
}

// Paragraphs as in help: a blank line separates them, one that starts with a space is shown as it stands.
std::string paragraphs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t end = text.find("\n\n");
    std::string_view paragraph = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    const bool is_verbatim = paragraph.starts_with(' ');
    out += is_verbatim ? ".PP\n.nf\n" : ".PP\n";
    while (!paragraph.empty()) {
      const size_t line_end = std::min(paragraph.find('\n'), paragraph.size());
      out += escaped(paragraph.substr(0, line_end)) + "\n";
      paragraph.remove_prefix(std::min(line_end + 1, paragraph.size()));
    }
    if (is_verbatim) out += ".fi\n";
  }
  return out;
}

std::string examples_text(const std::vector<Example>& examples) {
  std::string out;
  for (const Example& example : examples) {
    out += ".PP\n.RS 4\n.nf\n" + escaped(example.command) + "\n.fi\n.RE\n";
    if (!example.what.empty()) out += ".PP\n.RS 8\n" + escaped(example.what) + "\n.RE\n";
  }
  return out;
}

// "list runs" → "List runs."
std::string sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + ".";
}

// "amlhist-show(1)" → a reference macro; sections of the page itself are left out.
std::string references(const Tool& tool, const std::vector<Spec>& specs) {
  std::set<std::string> pages = {"aml(7)"};
  for (const Spec& spec : specs)
    for (const std::string& page : spec.see_also)
      if (!page.starts_with(tool.name + "-")) pages.insert(page);
  std::string out;
  for (const std::string& page : pages) {
    const size_t parenthesis = std::min(page.find('('), page.size());
    out += fmt::format("{}.BR {} {}", out.empty() ? "" : ",\n", escaped(page.substr(0, parenthesis)),
                       page.substr(parenthesis));
  }
  return out + "\n";
}

std::string command_section(const Tool& tool, const Spec& spec) {
  CommonFlags unused;
  std::string out = fmt::format(".SS {} {}\n.PP\n.I {}\n.PP\n{}\n", escaped(tool.name), escaped(spec.name),
                                escaped(usage_line(tool.name, spec)), escaped(sentence(spec.summary)));
  out += paragraphs(spec.description);
  for (const Positional& positional : spec.positionals) out += entry(signature(positional), positional.help);
  for (const Flag& flag : spec.flags) out += flag_entry(flag);
  for (const Flag& flag : output_flags(spec, unused)) out += flag_entry(flag);
  if (!spec.examples.empty()) out += ".PP\nExamples:\n" + examples_text(spec.examples);
  if (!spec.exit_notes.empty()) out += ".PP\nExit codes:\n";
  for (const std::string& note : spec.exit_notes) {
    const size_t gap = std::min(note.find(' '), note.size());
    const size_t text_at = std::min(note.find_first_not_of(' ', gap), note.size());
    out += entry(note.substr(0, gap), note.substr(text_at));
  }
  return out;
}

}  // namespace

std::string man_page(const Tool& tool) {
  CommonFlags unused;
  std::string upper = tool.name;
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  std::string out = fmt::format(".\\\" Made by {} --generate man; do not edit.\n", tool.name);
  out += fmt::format(".TH {} 1 \"\" \"amltools\" \"User Commands\"\n.SH NAME\n{} \\- {}\n", upper, tool.name,
                     escaped(tool.summary));
  out += fmt::format(".SH SYNOPSIS\n.B {}\n.I COMMAND\n[\\fIFLAGS\\fP] [\\fIARGS\\fP...]\n", tool.name);
  out += ".SH DESCRIPTION\n";
  const std::vector<Spec> specs = visible_specs(tool);
  out += fmt::format("{} is part of amltools, machine learning from the shell. Its commands:\n", tool.name);
  for (const Spec& spec : specs) out += entry(spec.name, spec.summary);
  out += ".SH COMMON FLAGS\nThese may stand before or after the command.\n";
  for (const Flag& flag : common_flags(unused)) out += flag_entry(flag);
  if (!specs.empty()) out += ".SH COMMANDS\n";
  for (const Spec& spec : specs) out += command_section(tool, spec);
  out += ".SH EXIT STATUS\n0 done, 1 the answer is no, 2 usage or configuration; the others are in\n.BR aml (7).\n";
  return out + ".SH SEE ALSO\n" + references(tool, specs);
}

}  // namespace aml::cli
