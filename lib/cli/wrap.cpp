#include "cli/wrap.h"

#include "text/unicode.h"

namespace aml::cli {
namespace {

std::vector<std::string> lines_of_words(std::string_view text, size_t columns) {
  std::vector<std::string> lines(1);
  for (size_t start = 0; start < text.size();) {
    size_t end = text.find_first_of(" \n", start);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view word = text.substr(start, end - start);
    start = end + 1;
    if (word.empty()) continue;
    std::string& line = lines.back();
    if (line.empty()) line = word;
    else if (text::display_width(line) + 1 + text::display_width(word) <= columns) line.append(" ").append(word);
    else lines.emplace_back(word);
  }
  return lines;
}

void append_paragraph(std::string& out, std::string_view paragraph, const Layout& layout) {
  if (!out.empty()) out += '\n';
  const std::string indent(layout.indent, ' ');
  if (!paragraph.starts_with(' ')) {
    for (const std::string& line : lines_of_words(paragraph, layout.columns - layout.indent))
      out.append(indent).append(line).append("\n");
    return;
  }
  for (size_t start = 0; start < paragraph.size();) {
    const size_t end = std::min(paragraph.find('\n', start), paragraph.size());
    out.append(indent).append(paragraph.substr(start, end - start)).append("\n");
    start = end + 1;
  }
}

}  // namespace

std::string wrap(std::string_view text, const Layout& layout) {
  std::string out;
  while (!text.empty()) {
    const size_t end = text.find("\n\n");
    const std::string_view paragraph = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    if (!paragraph.empty()) append_paragraph(out, paragraph, layout);
  }
  return out;
}

std::string two_columns(std::string_view left, std::string_view right, const TwoColumns& layout) {
  std::string out = "  " + std::string(left);
  size_t width = text::display_width(out);
  if (width + 2 > layout.right_at && !right.empty()) {
    out += '\n';
    width = 0;
  }
  for (const std::string& line : lines_of_words(right, layout.columns - layout.right_at)) {
    if (!line.empty()) out.append(layout.right_at - width, ' ').append(line);
    out += '\n';
    width = 0;
  }
  return out;
}

}  // namespace aml::cli
