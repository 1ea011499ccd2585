#include "table/writer.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "base/check.h"
#include "kernel/find_marks.h"
#include "table/aligned_writer.h"
#include "table/arrow_ipc_writer.h"
#include "table/csv_dialect.h"
#include "table/foreign_file.h"
#include "table/records.h"
#include "text/json.h"
#include "text/numbers.h"

namespace aml::table {
namespace {

constexpr size_t kBufferBytes = size_t{256} << 10;

// An error cell keeps the text that failed, so that nothing of the input is lost on the way. A computed one has none,
// whatever its neighbours have.
bool has_text(const Column& column, size_t row) {
  if (column.is_valid(row)) return true;
  return !column.texts().empty() && !column.texts()[row].empty() && column.error_at(row) != nullptr;
}

// The cell's text: a view of the kept original, or built in `scratch`.
std::string_view cell_text(const Column& column, size_t row, std::string& scratch) {
  if (!column.texts().empty()) return column.texts()[row].view();
  scratch.clear();
  column.append_text(scratch, row);
  return scratch;
}

// Collects output and passes it on in large pieces.
class BufferedWriter : public Writer {
 public:
  BufferedWriter(Sink& sink, SchemaPtr schema) : schema_(std::move(schema)), sink_(sink) {}

  Status write(const Batch& batch) final {
    AML_CHECK(batch.columns.size() == schema_->size());
    begin_batch(batch);
    for (size_t row = 0; row < batch.rows; ++row) {
      append_row(batch, row);
      if (out_.size() >= kBufferBytes) TRY(drain());
    }
    return {};
  }

  Status finish() final {
    TRY(drain());
    return sink_.flush();
  }

 protected:
  virtual void begin_batch(const Batch&) {}
  virtual void append_row(const Batch& batch, size_t row) = 0;
  SchemaPtr schema_;
  std::string out_;
  std::string scratch_;

 private:
  Status drain() {
    TRY(sink_.write(out_));
    out_.clear();
    return {};
  }
  Sink& sink_;
};

class DelimitedWriter final : public BufferedWriter {
 public:
  DelimitedWriter(Sink& sink, SchemaPtr schema, const WriteOptions& options)
      : BufferedWriter(sink, std::move(schema)), options_(options) {
    const bool is_csv = options.format == Format::csv;
    separator_ = options.separator.value_or(is_csv ? ',' : '\t');
    specials_ = {separator_, '\n', '\r', is_csv ? '"' : '\\'};
    if (options.has_header) append_header();
  }

 private:
  void append_header() {
    for (size_t i = 0; i < schema_->size(); ++i) {
      if (i > 0) out_.push_back(separator_);
      append_field((*schema_)[i].name);
    }
    out_.push_back('\n');
    is_first_line_ = false;
  }

  // Neighbouring columns that are still neighbouring fields of what was read, or one column.
  struct Stretch {
    const Records* records = nullptr;  // null: the column
    const Column* column = nullptr;
    size_t first = 0;  // field
    size_t count = 1;
  };

  // True if the fields as they stand are what this writer would write.
  bool can_copy(const ColumnPtr& column) const {
    return column.records() && options_.format == Format::csv && options_.missing_text.empty() &&
           column.records()->form().decoder->csv_separator() == separator_ &&
           column.records()->form().missing_words.empty();
  }

  void begin_batch(const Batch& batch) override {
    stretches_.clear();
    for (const ColumnPtr& column : batch.columns) {
      if (is_first_line_ || !can_copy(column)) {
        stretches_.push_back({nullptr, column.get()});
        continue;
      }
      Stretch* const last = stretches_.empty() ? nullptr : &stretches_.back();
      const Records* const records = column.records().get();
      const bool continues = last != nullptr && last->records == records && records->has_whole_rows() &&
                             last->first + last->count == column.field();
      if (continues) ++last->count;
      else stretches_.push_back({records, nullptr, column.field(), 1});
    }
  }

  void append_row(const Batch&, size_t row) override {
    bool is_first = true;
    for (const Stretch& stretch : stretches_) {
      if (!std::exchange(is_first, false)) out_.push_back(separator_);
      if (stretch.records != nullptr)
        append_fields(*stretch.records, stretch.records->row(row).subspan(stretch.first, stretch.count));
      else append_cell(*stretch.column, row);
    }
    out_.push_back('\n');
    is_first_line_ = false;
  }

  void append_cell(const Column& column, size_t row) {
    if (has_text(column, row)) append_field(cell_text(column, row, scratch_));
    else out_.append(options_.missing_text);
  }

  static bool is_copyable(FieldSpan span) {
    return span.kind() == FieldKind::plain || span.kind() == FieldKind::quoted || span.kind() == FieldKind::doubled;
  }

  // Fields that stand as they are to be written are copied together, with the separators between them.
  void append_fields(const Records& records, std::span<const FieldSpan> fields) {
    for (size_t i = 0; i < fields.size();) {
      if (i > 0) out_.push_back(separator_);
      const size_t first = i;
      while (i < fields.size() && is_copyable(fields[i])) ++i;
      if (i == first) {
        append_amended(records, fields[i++]);
        continue;
      }
      const size_t quotes_before = fields[first].kind() == FieldKind::quoted ? 1 : 0;
      const size_t quotes_behind = fields[i - 1].kind() == FieldKind::quoted ? 1 : 0;
      const size_t begin = fields[first].begin - quotes_before;
      const size_t end = fields[i - 1].begin + fields[i - 1].size + quotes_behind;
      out_.append(records.text().substr(begin, end - begin));
    }
  }

  void append_amended(const Records& records, FieldSpan span) {
    const std::string_view text = records.text().substr(span.begin, span.size);
    if (span.kind() == FieldKind::bare) {
      out_.append(text);
    } else if (span.kind() == FieldKind::stray) {
      append_csv_quoted(out_, text);
    } else if (span.kind() != FieldKind::absent) {
      scratch_.clear();
      records.form().decoder->decode(text, scratch_);
      append_field(scratch_);
    }
  }

  // Text in the first line that a reader could take for a separator, a "sep=" line or another kind of file.
  static bool could_mislead(std::string_view text) {
    return text.find_first_of(",;\t|=") != std::string_view::npos || text[0] == '{' || text[0] == '[' ||
           text.starts_with(kByteOrderMark) || find_foreign_file(text) != nullptr;
  }

  void append_field(std::string_view text) {
    if (options_.format == Format::tsv) {
      if (kernel::has_mark(text, specials_)) append_escaped(text);
      else out_.append(text);
    } else if (text.empty() || text == options_.missing_text || kernel::has_mark(text, specials_) ||
               (is_first_line_ && could_mislead(text))) {
      append_csv_quoted(out_, text);
    } else {
      out_.append(text);
    }
  }

  void append_escaped(std::string_view text) {
    for (const char byte : text) {
      const size_t letter = std::string_view("\t\n\r\\").find(byte);
      if (letter == std::string_view::npos) out_.push_back(byte);
      else out_.append({'\\', "tnr\\"[letter]});
    }
  }

  WriteOptions options_;
  char separator_;
  bool is_first_line_ = true;
  kernel::Marks specials_;          // bytes that cannot stand in a field as they are
  std::vector<Stretch> stretches_;  // of the batch being written
};

class JsonlWriter final : public BufferedWriter {
 public:
  JsonlWriter(Sink& sink, SchemaPtr schema, const WriteOptions& options)
      : BufferedWriter(sink, std::move(schema)), all_strings_(options.all_strings) {
    for (const Field& field : schema_->fields()) {
      std::string& key = keys_.emplace_back(keys_.empty() ? "{" : ",");
      text::append_json_string(key, field.name);
      key.push_back(':');
    }
  }

 private:
  void append_row(const Batch& batch, size_t row) override {
    for (size_t i = 0; i < batch.columns.size(); ++i) {
      out_.append(keys_[i]);
      append_value(*batch.columns[i], row);
    }
    out_.append("}\n");
  }

  void append_value(const Column& column, size_t row) {
    const bool is_error = !column.is_valid(row);
    if (!has_text(column, row)) {
      out_.append("null");
      return;
    }
    const std::string_view text = cell_text(column, row, scratch_);
    const bool is_number_type = column.type() == ColumnType::text || is_numeric(column.type());
    if (!is_error && column.type() == ColumnType::boolean) out_.append(column.booleans()[row] != 0 ? "true" : "false");
    else if (is_number_type && !all_strings_ && text::is_json_number(text)) out_.append(text);
    else if (!is_error && is_numeric(column.type())) append_canonical(column, row);
    else text::append_json_string(out_, text);
  }

  // A number whose text is none of JSON's (" 7", "+7", "1."), or that JSON cannot say at all (NaN).
  void append_canonical(const Column& column, size_t row) {
    if (column.type() == ColumnType::int64) text::append_number(out_, column.ints()[row]);
    else if (std::isfinite(column.doubles()[row])) text::append_number(out_, column.doubles()[row]);
    else out_.append("null");
  }

  bool all_strings_;
  std::vector<std::string> keys_;  // with the brace or comma before and the colon behind
};

}  // namespace

Result<std::unique_ptr<Writer>> open_writer(Sink& sink, SchemaPtr schema, const WriteOptions& options) {
  AML_CHECK(options.format != Format::detect);
  if (options.format == Format::markdown) return make_markdown_writer(sink, std::move(schema), options);
  if (options.format == Format::text) return make_text_writer(sink, std::move(schema), options);
  if (options.separator && std::string_view("\"\r\n\\").find(*options.separator) != std::string_view::npos)
    return Error{ErrorKind::usage, "the separator cannot be a quote, a backslash or a line end"};
  if (options.format == Format::excel || options.format == Format::parquet)
    return Error{ErrorKind::usage, fmt::format("{} is not written here", name_of(options.format)), "write CSV"};
  if (options.format == Format::arrow) return open_arrow_ipc_writer(sink, std::move(schema));
  if (options.format == Format::jsonl)
    return std::unique_ptr<Writer>(new JsonlWriter(sink, std::move(schema), options));
  return std::unique_ptr<Writer>(new DelimitedWriter(sink, std::move(schema), options));
}

}  // namespace aml::table
