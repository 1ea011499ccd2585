#include "table/aligned_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "table/classify.h"
#include "text/unicode.h"

namespace aml::table {
namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;

// The cell as other formats write it: an error as the text that failed.
std::string cell_text(const Column& column, size_t row, const std::string& missing_text) {
  if (column.is_missing(row)) return missing_text;
  if (!column.is_valid(row) && column.texts().empty()) return missing_text;
  std::string text;
  if (!column.texts().empty()) text = column.texts()[row].view();
  else column.append_text(text, row);
  return text;
}

std::string as_markdown(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '|' || text[i] == '\\') out.append({'\\', text[i]});
    else if (text[i] == '\n') out.append("<br>");
    else if (text[i] != '\r') out.push_back(text[i]);
  }
  return out;
}

std::string as_line(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    const auto value = static_cast<uint8_t>(byte);
    const size_t letter = std::string_view("\t\n\r").find(byte);
    if (letter != std::string_view::npos) out.append({'\\', "tnr"[letter]});
    else if (value < 0x20 || value == 0x7f) out += fmt::format("\\x{:02x}", value);
    else out.push_back(byte);
  }
  return out;
}

class MarkdownWriter final : public Writer {
 public:
  MarkdownWriter(Sink& sink, SchemaPtr schema, std::string missing_text)
      : sink_(sink), schema_(std::move(schema)), missing_text_(std::move(missing_text)) {
    for (const Field& field : schema_->fields()) out_ += fmt::format("| {} ", as_markdown(field.name));
    out_ += "|\n";
    for (const Field& field : schema_->fields()) out_ += is_numeric(field.type) ? "| ---: " : "| --- ";
    out_ += "|\n";
  }

  Status write(const Batch& batch) override {
    for (size_t row = 0; row < batch.rows; ++row) {
      for (const ColumnPtr& column : batch.columns)
        out_ += fmt::format("| {} ", as_markdown(cell_text(*column, row, missing_text_)));
      out_ += "|\n";
      if (out_.size() >= kBufferBytes) TRY(drain());
    }
    return {};
  }

  Status finish() override {
    TRY(drain());
    return sink_.flush();
  }

 private:
  Status drain() {
    TRY(sink_.write(out_));
    out_.clear();
    return {};
  }

  Sink& sink_;
  SchemaPtr schema_;
  std::string missing_text_;
  std::string out_;
};

class TextWriter final : public Writer {
 public:
  TextWriter(Sink& sink, SchemaPtr schema, const WriteOptions& options)
      : sink_(sink), schema_(std::move(schema)), options_(options), columns_(schema_->size()) {
    for (size_t i = 0; i < columns_.size(); ++i) columns_[i].is_number = true;
    if (!options_.has_header) return;
    auto& header = measured_.emplace_back();
    for (const Field& field : schema_->fields()) header.push_back(as_line(field.name));
    for (size_t i = 0; i < columns_.size(); ++i) columns_[i].width = text::display_width(header[i]);
  }

  Status write(const Batch& batch) override {
    AML_CHECK(batch.columns.size() == columns_.size());
    for (size_t row = 0; row < batch.rows; ++row) {
      std::vector<std::string> cells;
      for (const ColumnPtr& column : batch.columns)
        cells.push_back(as_line(cell_text(*column, row, options_.missing_text)));
      if (is_measuring_) measure(std::move(cells));
      else append_line(cells);
      if (is_measuring_ && (measured_.size() > kMeasuredRows || measured_bytes_ > kMeasuredBytes)) print_measured();
      if (out_.size() >= kBufferBytes) TRY(drain());
    }
    return {};
  }

  Status finish() override {
    if (is_measuring_) print_measured();
    TRY(drain());
    return sink_.flush();
  }

 private:
  struct Layout {
    size_t width = 0;
    bool is_number = false;
  };

  void measure(std::vector<std::string> cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
      Layout& column = columns_[i];
      column.width = std::max(column.width, text::display_width(cells[i]));
      column.is_number = column.is_number && (cells[i].empty() || is_number(cells[i]));
      measured_bytes_ += cells[i].size();
    }
    measured_.push_back(std::move(cells));
  }

  static bool is_number(std::string_view text) {
    return text.front() != ' ' && text.back() != ' ' && is_numeric(classify(text).type);
  }

  void print_measured() {
    is_measuring_ = false;
    for (const auto& cells : measured_) append_line(cells);
    measured_.clear();
  }

  void append_line(const std::vector<std::string>& cells) {
    const size_t begin = out_.size();
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out_ += "  ";
      const size_t width = text::display_width(cells[i]);
      const size_t gap = columns_[i].width > width ? columns_[i].width - width : 0;
      if (columns_[i].is_number) out_.append(gap, ' ');
      out_ += cells[i];
      if (!columns_[i].is_number) out_.append(gap, ' ');
    }
    while (out_.size() > begin && out_.back() == ' ') out_.pop_back();
    out_.push_back('\n');
  }

  Status drain() {
    TRY(sink_.write(out_));
    out_.clear();
    return {};
  }

  Sink& sink_;
  SchemaPtr schema_;
  WriteOptions options_;
  std::vector<Layout> columns_;
  std::vector<std::vector<std::string>> measured_;
  size_t measured_bytes_ = 0;
  bool is_measuring_ = true;
  std::string out_;
};

}  // namespace

std::unique_ptr<Writer> make_markdown_writer(Sink& sink, SchemaPtr schema, const WriteOptions& options) {
  return std::make_unique<MarkdownWriter>(sink, std::move(schema), options.missing_text);
}

std::unique_ptr<Writer> make_text_writer(Sink& sink, SchemaPtr schema, const WriteOptions& options) {
  return std::make_unique<TextWriter>(sink, std::move(schema), options);
}

}  // namespace aml::table
