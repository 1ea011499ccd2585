#include "prep/declared_cast.h"

#include <fmt/format.h>

#include <algorithm>

#include "prep/step_arguments.h"
#include "prep/vector.h"
#include "table/scalar.h"
#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::prep {
namespace {

using table::CellProblem;
using table::ColumnType;

constexpr size_t kGroupDigits = 3;
constexpr size_t kMarkBytesMax = 4;

bool is_time(ColumnType type) { return type == ColumnType::date || type == ColumnType::timestamp; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// One text, or a list of them.
Result<std::vector<std::string>> read_texts(const text::Yaml& node, std::string_view what) {
  if (node.is_scalar()) return std::vector<std::string>{TRY(read_text(node, what))};
  if (node.kind() != text::Yaml::Kind::sequence || node.items().empty())
    return node.error(fmt::format("{} takes a text or a list of texts", what));
  std::vector<std::string> texts;
  for (const text::Yaml& item : node.items()) texts.push_back(TRY(read_text(item, what)));
  return texts;
}

Result<std::string> read_mark(const text::Yaml& node, std::string_view what) {
  std::string mark = TRY(read_text(node, what));
  const bool is_usable = mark.size() <= kMarkBytesMax && std::none_of(mark.begin(), mark.end(), is_digit) &&
                         mark.find_first_of("+-eE") == std::string::npos;
  if (is_usable) return mark;
  return node.error(fmt::format("{} cannot be '{}'", what, mark), "for example ',', '.' or a space");
}

std::vector<std::string> keys_of(ColumnType type) {
  if (is_time(type)) return {"type", "formats", "zone", "unclear"};
  if (table::is_numeric(type)) return {"type", "decimal", "thousands", "symbols", "percent"};
  if (type == ColumnType::boolean) return {"type", "true", "false"};
  return {"type"};
}

void append_value(table::ColumnBuilder& builder, ColumnType type, int64_t whole, double real, table::TextView text) {
  if (type == ColumnType::float64) builder.append_double(real, text);
  else if (type == ColumnType::boolean) builder.append_boolean(whole != 0, text);
  else builder.append_int(whole, text);
}

}  // namespace

Result<DeclaredCast> DeclaredCast::read(const text::Yaml& node) {
  const text::Yaml* written = TRY(require_option(node, "type", "cast"));
  const auto type = written->is_scalar() ? table::parse_column_type(written->scalar()) : std::nullopt;
  if (!type)
    return written->error(fmt::format("unknown type '{}'", written->scalar()),
                          text::suggestion_hint(written->scalar(), table::column_type_names()));
  DeclaredCast cast;
  cast.type_ = *type;
  TRY(check_options(node, keys_of(*type), fmt::format("cast to {}", table::name_of(*type))));
  if (is_time(*type)) TRY(cast.read_times(node));
  else if (table::is_numeric(*type)) TRY(cast.read_numbers(node));
  else if (*type == ColumnType::boolean) TRY(cast.read_words(node));
  return cast;
}

Status DeclaredCast::read_times(const text::Yaml& node) {
  const text::Yaml* formats = TRY(require_option(node, "formats", "cast"));
  for (const std::string& written : TRY(read_texts(*formats, "'formats'"))) {
    auto format = TimeFormat::compile(written, TimeFormat::Use::read);
    if (!format.ok()) return formats->error(format.error().message, format.error().hint);
    formats_.push_back(std::move(*format));
  }
  if (const text::Yaml* written = node.find("zone")) {
    auto zone = TimeZone::find(TRY(read_text(*written, "'zone'")));
    if (!zone.ok()) return written->error(zone.error().message, zone.error().hint);
    calendar_.zone = std::move(*zone);
  }
  if (const text::Yaml* written = node.find("unclear"))
    calendar_.unclear = static_cast<Unclear>(TRY(read_choice(*written, unclear_names(), "'unclear'")));
  return {};
}

Status DeclaredCast::read_numbers(const text::Yaml& node) {
  if (const text::Yaml* mark = node.find("decimal")) decimal_ = TRY(read_mark(*mark, "'decimal'"));
  if (const text::Yaml* mark = node.find("thousands")) thousands_ = TRY(read_mark(*mark, "'thousands'"));
  if (thousands_ == decimal_)
    return node.error(fmt::format("'{}' cannot be the mark of decimals and of thousands", decimal_),
                      "give both, for example decimal: ',' and thousands: '.'");
  if (const text::Yaml* symbols = node.find("symbols")) symbols_ = TRY(read_texts(*symbols, "'symbols'"));
  if (const text::Yaml* percent = node.find("percent")) {
    if (!percent->as_bool()) return percent->error("'percent' is neither true nor false");
    is_percent_ = *percent->as_bool();
    if (is_percent_ && type_ == ColumnType::int64)
      return percent->error("a percentage is a number, not an integer", "write type: number");
  }
  return {};
}

Status DeclaredCast::read_words(const text::Yaml& node) {
  true_words_ = TRY(read_texts(*TRY(require_option(node, "true", "cast")), "'true'"));
  false_words_ = TRY(read_texts(*TRY(require_option(node, "false", "cast")), "'false'"));
  for (const std::string& word : true_words_)
    if (std::find(false_words_.begin(), false_words_.end(), word) != false_words_.end())
      return node.error(fmt::format("'{}' cannot be both true and false", word));
  return {};
}

table::ColumnPtr DeclaredCast::convert(const table::Column& texts) const {
  table::ColumnBuilder builder(type_, table::KeepText::yes);
  builder.reserve(texts.rows());
  builder.pin_all(texts);
  TextBlocks blocks;
  std::string canonical;
  for (size_t row = 0; row < texts.rows(); ++row) {
    const table::TextView original = texts.texts()[row];
    const std::string_view text = table::trim(original.view());
    if (const table::CellError* error = texts.error_at(row)) {
      builder.append_error(error->problem, original);
    } else if (!texts.is_valid(row) || text.empty()) {
      builder.append_missing(original);
    } else {
      canonical.clear();
      const Cell cell = convert_cell(text, canonical);
      if (cell.problem) builder.append_error(*cell.problem, original);
      else append_value(builder, type_, cell.whole, cell.real, blocks.copy(canonical));
    }
  }
  for (table::Bytes& pin : blocks.take_pins()) builder.pin(std::move(pin));
  return builder.finish();
}

DeclaredCast::Cell DeclaredCast::convert_cell(std::string_view text, std::string& canonical) const {
  if (table::is_numeric(type_)) return convert_number(text, canonical);
  const Cell cell = is_time(type_) ? convert_time(text) : convert_word(text);
  if (!cell.problem) table::append_value_text(canonical, type_, cell.whole);
  return cell;
}

// Every format is tried: two that read different times leave it open which one was meant.
DeclaredCast::Cell DeclaredCast::convert_time(std::string_view text) const {
  Cell cell{type_ == ColumnType::date ? CellProblem::not_a_date : CellProblem::not_a_timestamp};
  std::optional<ClockTime> found;
  for (const TimeFormat& format : formats_) {
    const auto time = format.read(text);
    if (!time) continue;
    const bool differs = found && (found->days != time->days || found->day_ns != time->day_ns ||
                                   found->offset_seconds != time->offset_seconds);
    if (differs) return {CellProblem::ambiguous_date};
    found = time;
  }
  if (!found) return cell;
  cell.whole = found->days;
  if (type_ == ColumnType::date) cell.problem = {};
  else cell.problem = calendar_.instant_of(cell.whole, *found).problem();
  return cell;
}

DeclaredCast::Cell DeclaredCast::convert_number(std::string_view text, std::string& canonical) const {
  text = without_symbols(text);
  const bool has_percent = is_percent_ && text.ends_with('%');
  if (has_percent) text = table::trim(text.substr(0, text.size() - 1));
  const bool is_whole = type_ == ColumnType::int64;
  if (!write_plain_digits(text, canonical)) return {is_whole ? CellProblem::not_an_integer : CellProblem::not_a_number};
  table::Scalar scalar = table::parse_scalar(canonical, type_);
  if (has_percent && !scalar.problem) {
    scalar.real /= 100;
    canonical = text::format_number(scalar.real);
  }
  return {scalar.problem, scalar.whole, scalar.real};
}

DeclaredCast::Cell DeclaredCast::convert_word(std::string_view text) const {
  const auto is_among = [&](const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
  };
  if (is_among(true_words_)) return {{}, 1};
  if (is_among(false_words_)) return {{}, 0};
  return {CellProblem::not_a_boolean};
}

// Currencies and units stand before or behind the number; a sign may stand before them.
std::string_view DeclaredCast::without_symbols(std::string_view text) const {
  for (const std::string& symbol : symbols_) {
    if (text.starts_with(symbol)) return table::trim(text.substr(symbol.size()));
    if (text.ends_with(symbol)) return table::trim(text.substr(0, text.size() - symbol.size()));
  }
  return text;
}

// The number as programs write it. False when marks of thousands stand where there are no thousands.
bool DeclaredCast::write_plain_digits(std::string_view text, std::string& out) const {
  const size_t end = std::min(text.size(), text.find(decimal_));
  const std::string_view whole = text.substr(0, end);
  size_t digits = 0;
  bool has_groups = false;
  for (size_t i = 0; i < whole.size();) {
    const bool is_mark = !thousands_.empty() && whole.substr(i).starts_with(thousands_);
    if (is_mark && (has_groups ? digits != kGroupDigits : digits < 1 || digits > kGroupDigits)) return false;
    has_groups = has_groups || is_mark;
    digits = is_mark ? 0 : digits + (is_digit(whole[i]) ? 1 : 0);
    if (!is_mark) out += whole[i];
    if (!is_mark && whole[i] == '.') return false;  // a point that is not the mark of decimals
    i += is_mark ? thousands_.size() : 1;
  }
  if (has_groups && digits != kGroupDigits) return false;
  if (end == text.size()) return !out.empty();
  const std::string_view fraction = text.substr(end + decimal_.size());
  if (fraction.find('.') != std::string_view::npos) return false;
  out += '.';
  out += fraction;
  return true;
}

}  // namespace aml::prep
