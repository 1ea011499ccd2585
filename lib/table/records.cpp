#include "table/records.h"

#include <algorithm>

#include "base/check.h"

namespace aml::table {
namespace {

// The text of encoded fields, decoded one after the other into one block.
class DecodedTexts {
 public:
  DecodedTexts(const RecordScanner& decoder, size_t bytes_max) : decoder_(decoder) { block_->reserve(bytes_max); }

  // Decoding makes no text longer, so the block never moves.
  TextView add(std::string_view field) {
    const size_t begin = block_->size();
    decoder_.decode(field, *block_);
    return TextView(std::string_view(*block_).substr(begin));
  }
  const std::shared_ptr<std::string>& block() const { return block_; }

 private:
  const RecordScanner& decoder_;
  std::shared_ptr<std::string> block_ = std::make_shared<std::string>();
};

}  // namespace

Records::Records(RecordFormPtr form, Bytes block, std::string_view text, size_t width, std::vector<FieldSpan> fields)
    : form_(std::move(form)), block_(std::move(block)), text_(text), width_(width), fields_(std::move(fields)) {
  AML_CHECK(width_ > 0 && fields_.size() % width_ == 0);
}

bool Records::is_missing(std::string_view text, FieldSpan span) const {
  if (span.is_quoted()) return false;
  if (text.empty()) return true;
  const auto& words = form_->missing_words;
  return !words.empty() && std::find(words.begin(), words.end(), text) != words.end();
}

std::shared_ptr<const Column> Records::make_column(size_t field) const {
  AML_CHECK(field < width_);
  const size_t count = rows();
  size_t encoded_bytes = 0;
  for (size_t i = field; i < fields_.size(); i += width_)
    if (fields_[i].is_encoded()) encoded_bytes += fields_[i].size;
  DecodedTexts decoded(*form_->decoder, encoded_bytes);

  TextColumnParts parts;
  parts.texts.resize(count);
  parts.valid.resize((count + 63) / 64);
  const size_t slack_end = text_.size() - std::min(text_.size(), TextView::kInlineMax);
  bool has_views = false;
  for (size_t row = 0; row < count; ++row) {
    const FieldSpan span = fields_[row * width_ + field];
    const std::string_view text(text_.data() + span.begin, span.size);
    if (is_missing(text, span)) continue;
    parts.valid[row / 64] |= uint64_t{1} << (row % 64);
    if (span.is_encoded()) parts.texts[row] = decoded.add(text);
    else parts.texts[row] = span.begin < slack_end ? TextView::with_slack(text) : TextView(text);
    has_views = has_views || span.size > TextView::kInlineMax;
  }
  if (has_views) parts.pins.push_back(block_);
  if (encoded_bytes > 0) parts.pins.push_back(decoded.block());
  return make_text_column(std::move(parts));
}

RecordsPtr Records::gather(std::span<const uint32_t> rows, std::span<const uint32_t> fields) const {
  std::vector<FieldSpan> picked;
  picked.reserve(rows.size() * fields.size());
  for (const uint32_t row : rows) {
    const FieldSpan* const spans = fields_.data() + size_t{row} * width_;
    for (const uint32_t field : fields) picked.push_back(spans[field]);
  }
  auto gathered = std::make_shared<Records>(form_, block_, text_, fields.size(), std::move(picked));
  gathered->has_whole_rows_ = has_whole_rows_ && fields.size() == width_;
  return gathered;
}

void ColumnPtr::make() const { column_ = records_->make_column(field_); }

}  // namespace aml::table
