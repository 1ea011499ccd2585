#include "table/arrow_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/bytes.h"
#include "base/time.h"
#include "table/column.h"
#include "text/json.h"
#include "text/numbers.h"

namespace aml::table {
namespace {

constexpr int64_t kDaySeconds = 86400;

std::string_view format_of(const ArrowSchema& schema) { return schema.format; }

bool is_one_of(std::string_view format, std::string_view letters) {
  return format.size() == 1 && letters.find(format[0]) != std::string_view::npos;
}

// Units in a second: of "tsm:UTC", "ttu", "tDn" by their third letter.
int64_t units_per_second(std::string_view format) {
  switch (format.size() > 2 ? format[2] : 's') {
    case 'm': return 1'000;
    case 'u': return 1'000'000;
    case 'n': return 1'000'000'000;
    default: return 1;
  }
}

bool is_readable_text(std::string_view format) {
  return is_one_of(format, "nzZuUL") || format == "vu" || format == "vz" || format.starts_with("w:") ||
         format.starts_with("d:") || format.starts_with("tt");
}

bool is_list(std::string_view format) {
  return format == "+l" || format == "+L" || format == "+m" || format.starts_with("+w:");
}

float half_to_float(uint16_t half) {
  const int exponent = half >> 10 & 31;
  const int fraction = half & 1023;
  const float sign = (half & 0x8000) != 0 ? -1.0f : 1.0f;
  if (exponent == 31)
    return fraction != 0 ? std::numeric_limits<float>::quiet_NaN() : sign * std::numeric_limits<float>::infinity();
  if (exponent == 0) return sign * std::ldexp(static_cast<float>(fraction), -24);
  return sign * std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
}

// The double that a person reads where the float stands: 0.1f is 0.1.
double widen(float value) {
  if (!std::isfinite(value)) return static_cast<double>(value);
  return text::parse_double(fmt::format("{}", value)).value_or(static_cast<double>(value));
}

struct DecimalType {
  int scale = 0;
  size_t bytes = 16;
};

// "d:precision,scale" or "d:precision,scale,bits"
DecimalType decimal_type(std::string_view format) {
  DecimalType type;
  format.remove_prefix(2);
  const size_t first = format.find(',');
  if (first == std::string_view::npos) return type;
  const std::string_view rest = format.substr(first + 1);
  const size_t second = rest.find(',');
  type.scale = static_cast<int>(text::parse_int(rest.substr(0, second)).value_or(0));
  if (second != std::string_view::npos)
    type.bytes = static_cast<size_t>(text::parse_int(rest.substr(second + 1)).value_or(128)) / 8;
  return type;
}

// The digits of a little-endian number in two's complement, of up to 256 bits.
std::string decimal_digits(std::string_view bytes, bool& is_negative) {
  std::array<uint32_t, 8> limbs = {};
  std::memcpy(limbs.data(), bytes.data(), std::min(bytes.size(), sizeof(limbs)));
  const size_t count = bytes.size() / 4;
  is_negative = (limbs[count - 1] >> 31) != 0;
  uint64_t carry = 1;
  for (size_t i = 0; is_negative && i < count; ++i) {
    carry += static_cast<uint32_t>(~limbs[i]);
    limbs[i] = static_cast<uint32_t>(carry);
    carry >>= 32;
  }
  std::string digits;
  for (bool is_zero = false; !is_zero;) {
    uint64_t rest = 0;
    is_zero = true;
    for (size_t i = count; i-- > 0;) {
      rest = rest << 32 | limbs[i];
      limbs[i] = static_cast<uint32_t>(rest / 10);
      rest %= 10;
      is_zero = is_zero && limbs[i] == 0;
    }
    digits.insert(digits.begin(), static_cast<char>('0' + rest));
  }
  return digits;
}

void append_decimal(std::string& out, const ArrowNode& node, int64_t row) {
  const DecimalType type = decimal_type(format_of(*node.schema));
  const char* data = static_cast<const char*>(node.array->buffers[1]);
  bool is_negative = false;
  std::string digits =
      decimal_digits({data + static_cast<size_t>(node.array->offset + row) * type.bytes, type.bytes}, is_negative);
  if (type.scale < 0 && digits != "0") digits.append(static_cast<size_t>(-type.scale), '0');
  const auto decimals = static_cast<size_t>(std::max(type.scale, 0));
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (is_negative) out.push_back('-');
  out.append(digits, 0, digits.size() - decimals);
  if (decimals > 0) out.append(".").append(digits, digits.size() - decimals, decimals);
}

void append_time(std::string& out, const ArrowNode& node, int64_t row) {
  const int64_t units = units_per_second(format_of(*node.schema));
  const int64_t value = arrow_int(node, row);
  const int64_t seconds = value / units;
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (value % units == 0) return;
  std::string fraction = fmt::format("{:09}", value % units * (1'000'000'000 / units));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  out.append(".").append(fraction);
}

struct ListSpan {
  int64_t begin = 0;
  int64_t end = 0;
};

ListSpan list_span(const ArrowNode& node, int64_t row) {
  const std::string_view format = format_of(*node.schema);
  if (format == "+L") return {node.value<int64_t>(row), node.value<int64_t>(row + 1)};
  if (!format.starts_with("+w:")) return {node.value<int32_t>(row), node.value<int32_t>(row + 1)};
  const int64_t width = text::parse_int(format.substr(3)).value_or(0);
  return {(node.array->offset + row) * width, (node.array->offset + row + 1) * width};
}

void append_json_member(std::string& out, const ArrowNode& node, int64_t row, int depth) {
  if (node.is_valid(row)) append_arrow_json(out, node, row, depth + 1);
  else out.append("null");
}

void append_json_list(std::string& out, const ArrowNode& node, int64_t row, int depth) {
  const bool is_map = format_of(*node.schema) == "+m";
  const ListSpan span = list_span(node, row);
  const ArrowNode items = node.child(0);
  out.push_back(is_map ? '{' : '[');
  for (int64_t i = span.begin; i < span.end; ++i) {
    if (i > span.begin) out.push_back(',');
    if (!is_map) {
      append_json_member(out, items, i, depth);
      continue;
    }
    std::string key;
    if (items.child(0).is_valid(i)) append_arrow_text(key, items.child(0), items.array->offset + i);
    text::append_json_string(out, key);
    out.push_back(':');
    append_json_member(out, items.child(1), items.array->offset + i, depth);
  }
  out.push_back(is_map ? '}' : ']');
}

void append_json_struct(std::string& out, const ArrowNode& node, int64_t row, int depth) {
  out.push_back('{');
  for (int64_t i = 0; i < node.schema->n_children; ++i) {
    if (i > 0) out.push_back(',');
    text::append_json_string(out, node.schema->children[i]->name);
    out.push_back(':');
    append_json_member(out, node.child(i), node.array->offset + row, depth);
  }
  out.push_back('}');
}

Status check_type(const ArrowSchema& schema, int depth) {
  const std::string_view format = format_of(schema);
  if (depth > kArrowDepthMax) return Error{ErrorKind::bad_data, fmt::format("nested deeper than {}", kArrowDepthMax)};
  if (schema.dictionary != nullptr) return check_type(*schema.dictionary, depth + 1);
  if (is_list(format) || format == "+s") {
    for (int64_t i = 0; i < schema.n_children; ++i) TRY(check_type(*schema.children[i], depth + 1));
    return {};
  }
  const bool is_known = is_readable_text(format) || is_one_of(format, "bcCsSiIlefg") || format.starts_with("td") ||
                        format.starts_with("ts") || format.starts_with("tD");
  if (is_known) return {};
  return Error{ErrorKind::bad_data, fmt::format("the Arrow type '{}' is not read", format)};
}

}  // namespace

Result<ColumnType> type_of_arrow(const ArrowSchema& schema) {
  TRY(check_type(schema, 0));
  if (schema.dictionary != nullptr) return type_of_arrow(*schema.dictionary);
  const std::string_view format = format_of(schema);
  if (format == "b") return ColumnType::boolean;
  if (is_one_of(format, "cCsSiIl") || format.starts_with("tD")) return ColumnType::int64;
  if (is_one_of(format, "efg")) return ColumnType::float64;
  if (format.starts_with("td")) return ColumnType::date;
  if (format.starts_with("ts")) return ColumnType::timestamp;
  return ColumnType::text;
}

bool ArrowNode::is_valid(int64_t row) const {
  if (*schema->format == 'n') return false;
  if (array->null_count == 0 || array->n_buffers == 0 || array->buffers[0] == nullptr) return true;
  const int64_t at = array->offset + row;
  return (static_cast<const uint8_t*>(array->buffers[0])[at / 8] >> (at % 8) & 1) != 0;
}

bool ArrowNode::boolean(int64_t row) const {
  const int64_t at = array->offset + row;
  return (static_cast<const uint8_t*>(array->buffers[1])[at / 8] >> (at % 8) & 1) != 0;
}

ArrowPlace resolve_dictionary(ArrowNode node, int64_t row) {
  if (node.schema->dictionary == nullptr) return {node, row};
  const int64_t index = arrow_int(node, row);
  return {{node.schema->dictionary, node.array->dictionary}, index};
}

int64_t arrow_int(const ArrowNode& node, int64_t row) {
  switch (*node.schema->format) {
    case 'c': return node.value<int8_t>(row);
    case 'C': return node.value<uint8_t>(row);
    case 's': return node.value<int16_t>(row);
    case 'S': return node.value<uint16_t>(row);
    case 'i': return node.value<int32_t>(row);
    case 'I': return node.value<uint32_t>(row);
    case 't': {
      const std::string_view format = node.schema->format;
      const bool is_narrow = format == "tdD" || format == "tts" || format == "ttm";
      return is_narrow ? node.value<int32_t>(row) : node.value<int64_t>(row);
    }
    default: return node.value<int64_t>(row);
  }
}

double arrow_double(const ArrowNode& node, int64_t row) {
  switch (*node.schema->format) {
    case 'e': return widen(half_to_float(node.value<uint16_t>(row)));
    case 'f': return widen(node.value<float>(row));
    default: return node.value<double>(row);
  }
}

// A view is a size, then 12 bytes, or 4 bytes, the place of a buffer and one in it.
std::string_view arrow_bytes(const ArrowNode& node, int64_t row) {
  const std::string_view format = node.schema->format;
  if (format.starts_with('v')) {
    const char* view = static_cast<const char*>(node.array->buffers[1]) + (node.array->offset + row) * 16;
    std::array<int32_t, 4> words;
    std::memcpy(words.data(), view, sizeof(words));
    const auto size = static_cast<size_t>(words[0]);
    if (size <= 12) return {view + 4, size};
    return {static_cast<const char*>(node.array->buffers[2 + words[2]]) + words[3], size};
  }
  if (format.starts_with('w')) {
    const auto width = static_cast<size_t>(text::parse_int(format.substr(2)).value_or(0));
    return {static_cast<const char*>(node.array->buffers[1]) + static_cast<size_t>(node.array->offset + row) * width,
            width};
  }
  const bool is_large = format == "U" || format == "Z";
  const int64_t begin = is_large ? node.value<int64_t>(row) : node.value<int32_t>(row);
  const int64_t end = is_large ? node.value<int64_t>(row + 1) : node.value<int32_t>(row + 1);
  return {static_cast<const char*>(node.array->buffers[2]) + begin, static_cast<size_t>(end - begin)};
}

void append_arrow_text(std::string& out, const ArrowNode& outer, int64_t outer_row) {
  const auto [node, row] = resolve_dictionary(outer, outer_row);
  const std::string_view format = format_of(*node.schema);
  if (format.starts_with("d:")) return append_decimal(out, node, row);
  if (format.starts_with("tt")) return append_time(out, node, row);
  if (format == "L") return void(fmt::format_to(std::back_inserter(out), "{}", node.value<uint64_t>(row)));
  if (format == "b") return append_value_text(out, ColumnType::boolean, node.boolean(row) ? 1 : 0);
  if (is_one_of(format, "efg")) return text::append_number(out, arrow_double(node, row));
  if (format == "tdD") return append_value_text(out, ColumnType::date, arrow_int(node, row));
  if (format == "tdm") return append_value_text(out, ColumnType::date, arrow_int(node, row) / (kDaySeconds * 1000));
  if (format.starts_with("ts")) {
    int64_t ns = 0;
    if (__builtin_mul_overflow(arrow_int(node, row), 1'000'000'000 / units_per_second(format), &ns))
      return text::append_number(out, arrow_int(node, row));
    return append_value_text(out, ColumnType::timestamp, ns);
  }
  if (format.starts_with("w:")) {
    const std::string_view bytes = arrow_bytes(node, row);
    out.append(to_hex({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}));
  } else if (format.starts_with('+')) {
    append_arrow_json(out, node, row);
  } else if (is_one_of(format, "zZuU") || format.starts_with('v')) {
    out.append(arrow_bytes(node, row));
  } else {
    text::append_number(out, arrow_int(node, row));
  }
}

void append_arrow_json(std::string& out, const ArrowNode& outer, int64_t outer_row, int depth) {
  const auto [node, row] = resolve_dictionary(outer, outer_row);
  if (depth > kArrowDepthMax || !node.is_valid(row)) return void(out.append("null"));
  const std::string_view format = format_of(*node.schema);
  if (is_list(format)) return append_json_list(out, node, row, depth);
  if (format == "+s") return append_json_struct(out, node, row, depth);
  std::string value;
  append_arrow_text(value, node, row);
  const bool is_bare = is_one_of(format, "bcCsSiIlLefg") || format.starts_with("d:") || format.starts_with("tD");
  if (!is_bare) text::append_json_string(out, value);
  else if (format == "b" || text::is_json_number(value)) out.append(value);
  else out.append("null");
}

}  // namespace aml::table
