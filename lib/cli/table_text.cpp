#include "cli/table_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "text/unicode.h"

namespace aml::cli {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kCellColumnsMax = 60;  // one long value must not push the columns behind it off the screen

const text::Field* find_field(const text::Fields& record, const std::string& key) {
  const auto found = std::find_if(record.fields.begin(), record.fields.end(),
                                  [&](const text::Field& field) { return field.key == key; });
  return found == record.fields.end() ? nullptr : &*found;
}

struct Column {
  std::string header;
  std::vector<std::string> cells;
  bool is_numeric = true;  // right-aligned
  size_t width = 0;
};

std::string header_of(std::string key) {
  for (char& c : key) c = c == '_' ? ' ' : (c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  return key;
}

Column make_column(const std::vector<text::Fields>& records, const std::string& key, size_t columns_max) {
  Column column{header_of(key), {}, true, 0};
  bool has_number = false;
  for (const text::Fields& record : records) {
    const text::Field* field = find_field(record, key);
    if (field != nullptr) column.header = header_of(display_key(*field));
    column.is_numeric = column.is_numeric && (field == nullptr || field->value.is_number() || field->value.is_null());
    has_number = has_number || (field != nullptr && field->value.is_number());
    column.cells.push_back(field == nullptr ? "" : text::fit_for_display(display_text(*field), columns_max));
    column.width = std::max(column.width, text::display_width(column.cells.back()));
  }
  column.width = std::max(column.width, text::display_width(column.header));
  column.is_numeric = column.is_numeric && has_number;
  return column;
}

void append_cell(std::string& line, const Column& column, const std::string& text) {
  const std::string padding(column.width - std::min(column.width, text::display_width(text)), ' ');
  if (!line.empty()) line.append(kGap, ' ');
  line += column.is_numeric ? padding + text : text + padding;
}

void append_line(std::string& out, std::string line, const TableStyle& style) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  out += style.columns != 0 ? text::fit_for_display(line, style.columns) : line;
  out += '\n';
}

}  // namespace

std::vector<std::string> keys_of(const std::vector<text::Fields>& records) {
  std::vector<std::string> keys;
  std::map<std::string, bool> seen;
  for (const text::Fields& record : records)
    for (const text::Field& field : record.fields)
      if (seen.emplace(field.key, true).second) keys.push_back(field.key);
  return keys;
}

std::string table_text(const std::vector<text::Fields>& records, const TableStyle& style) {
  if (records.empty()) return {};
  std::vector<Column> columns;
  const std::vector<std::string> keys = keys_of(records);
  for (const std::string& key : keys)
    columns.push_back(make_column(records, key, key == keys.back() ? std::string::npos : kCellColumnsMax));
  std::string line;
  for (const Column& column : columns) append_cell(line, column, column.header);
  std::string out;
  append_line(out, line, style);
  if (style.bold_header) out = "\x1b[1m" + out.substr(0, out.size() - 1) + "\x1b[0m\n";
  for (size_t row = 0; row < records.size(); ++row) {
    line.clear();
    for (const Column& column : columns) append_cell(line, column, column.cells[row]);
    append_line(out, line, style);
  }
  return out;
}

std::string block_text(const text::Fields& record) {
  size_t width = 0;
  for (const text::Field& field : record.fields) width = std::max(width, display_key(field).size());
  std::string out;
  for (const text::Field& field : record.fields) {
    const std::string text = display_text(field);
    out += fmt::format("{:<{}}", display_key(field), width + kGap);
    for (size_t start = 0, end = 0; end != std::string::npos; start = end + 1) {
      end = text.find('\n', start);
      if (start != 0) out.append(width + kGap, ' ');
      const std::string_view part = std::string_view(text).substr(start, end - start);
      out += text::fit_for_display(part, std::string::npos);
      while (out.back() == ' ') out.pop_back();
      out += '\n';
    }
  }
  return out;
}

std::string tsv_text(const std::vector<text::Fields>& records) {
  if (records.empty()) return {};
  const std::vector<std::string> keys = keys_of(records);
  std::string out = fmt::format("{}\n", fmt::join(keys, "\t"));
  for (const text::Fields& record : records) {
    for (size_t i = 0; i < keys.size(); ++i) {
      if (i != 0) out += '\t';
      const text::Field* field = find_field(record, keys[i]);
      if (field == nullptr || field->value.is_null()) continue;
      const bool is_text = field->value.is_string() || field->value.is_number();
      out += text::escape_tsv(is_text ? field->value.string() : field->value.dump());
    }
    out += '\n';
  }
  return out;
}

}  // namespace aml::cli
