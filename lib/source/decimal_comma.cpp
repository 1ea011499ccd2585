#include "source/decimal_comma.h"

namespace aml::source {
namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

size_t digits_at(std::string_view text, size_t at) {
  size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// Appends the digits of the whole part without its points; returns where it ends, or 0 if it is none.
size_t read_whole_part(std::string_view text, size_t at, std::string& out) {
  const size_t first = digits_at(text, at);
  if (first == 0) return 0;
  out.append(text.substr(at, first));
  at += first;
  if (at < text.size() && text[at] == '.' && first > 3) return 0;
  for (; at < text.size() && text[at] == '.'; at += 4) {
    if (digits_at(text, at + 1) != 3) return 0;
    out.append(text.substr(at + 1, 3));
  }
  return at;
}

// "e5", "E-05": its length, or 0.
size_t exponent_size(std::string_view text) {
  if (text.empty() || (text[0] != 'e' && text[0] != 'E')) return 0;
  const size_t sign = text.size() > 1 && (text[1] == '-' || text[1] == '+') ? 1 : 0;
  const size_t digits = digits_at(text, 1 + sign);
  return digits == 0 ? 0 : 1 + sign + digits;
}

table::ColumnPtr rewrite(const table::ColumnPtr& column) {
  if (column->type() != table::ColumnType::text) return column;
  table::ColumnBuilder builder(table::ColumnType::text);
  builder.reserve(column->rows());
  bool has_changed = false;
  for (size_t row = 0; row < column->rows(); ++row) {
    const table::TextView& text = column->texts()[row];
    if (!column->is_valid(row)) {
      builder.append_missing();
      continue;
    }
    const auto number = with_decimal_point(text.view());
    has_changed = has_changed || number.has_value();
    if (number) builder.append_owned_text(*number);
    else builder.append_text(text);
  }
  if (!has_changed) return column;
  builder.pin_all(*column);
  return builder.finish();
}

class DecimalCommaReader final : public table::Reader {
 public:
  explicit DecimalCommaReader(std::unique_ptr<table::Reader> reader) : reader_(std::move(reader)) {}

  const table::SchemaPtr& schema() const override { return reader_->schema(); }

  Result<std::optional<table::Batch>> next() override {
    auto batch = TRY(reader_->next());
    if (batch)
      for (table::ColumnPtr& column : batch->columns) column = rewrite(column);
    return batch;
  }

 private:
  std::unique_ptr<table::Reader> reader_;
};

}  // namespace

std::optional<std::string> with_decimal_point(std::string_view text) {
  const std::string_view number = text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
  std::string out(text.substr(0, text.size() - number.size()));
  size_t at = read_whole_part(number, 0, out);
  if (at == 0) return std::nullopt;
  const bool has_points = out.size() + number.size() - at != text.size();
  const bool has_comma = at < number.size() && number[at] == ',';
  if (has_comma) {
    const size_t digits = digits_at(number, at + 1);
    if (digits == 0) return std::nullopt;
    out.push_back('.');
    out.append(number.substr(at + 1, digits));
    at += 1 + digits;
  }
  const size_t exponent = exponent_size(number.substr(at));
  out.append(number.substr(at, exponent));
  if (at + exponent != number.size() || (!has_points && !has_comma)) return std::nullopt;
  return out;
}

std::unique_ptr<table::Reader> read_decimal_commas(std::unique_ptr<table::Reader> reader) {
  return std::make_unique<DecimalCommaReader>(std::move(reader));
}

}  // namespace aml::source
