#include "table/json_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "table/json_line.h"

namespace aml::table {
namespace {

bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

Error too_long(const JsonLimits& limits, uint64_t line) {
  return {ErrorKind::bad_data,
          fmt::format("{}:{}: the record is longer than {}", limits.name, line, format_size(limits.record_bytes_max))};
}

class JsonLines final : public JsonRecords {
 public:
  JsonLines(BlockStream stream, JsonLimits limits) : stream_(std::move(stream)), limits_(std::move(limits)) {}

  Result<std::optional<std::string_view>> next() override {
    for (;;) {
      stream_.consume(std::min(taken_, stream_.unread().size()));
      const auto line = TRY(next_line());
      if (!line) return line;
      taken_ = line->size() + 1;
      if (!std::all_of(line->begin(), line->end(), is_space)) return line;
    }
  }

  uint64_t line() const override { return line_; }
  const Bytes& block() const override { return stream_.block(); }

 private:
  Result<std::optional<std::string_view>> next_line() {
    ++line_;
    for (size_t searched = 0;;) {
      const std::string_view text = stream_.unread();
      const size_t end = text.find('\n', searched);
      if (std::min(end, text.size()) > limits_.record_bytes_max) return too_long(limits_, line_);
      if (end != std::string_view::npos) return std::optional(text.substr(0, end));
      if (stream_.at_end()) return text.empty() ? std::nullopt : std::optional(text);
      searched = text.size();
      TRY(stream_.fill());
    }
  }

  BlockStream stream_;
  JsonLimits limits_;
  uint64_t line_ = 0;  // the one read last
  size_t taken_ = 0;   // bytes of the line given out
};

// Where a value ends, found piece by piece: brackets are counted, strings passed over. What is between is checked by
// whoever takes the value apart.
class ValueEnd {
 public:
  // Goes on in `text`, of which it has seen the start. True once the end is known.
  bool search(std::string_view text) {
    for (; at_ < text.size() && !is_done_; ++at_) step(text[at_]);
    return is_done_;
  }
  size_t end() const { return at_; }
  // What was seen is gone: the next text starts behind it. Returns how much that was.
  size_t restart() { return std::exchange(at_, 0); }

 private:
  void step(char byte) {
    if (is_escaped_) is_escaped_ = false;
    else if (is_string_ && byte == '\\') is_escaped_ = true;
    else if (byte == '"') is_string_ = !is_string_;
    else if (is_string_) return;
    else if (byte == '{' || byte == '[') ++depth_;
    else if (byte == '}' || byte == ']') --depth_;
    is_done_ = depth_ == 0 && !is_string_;
  }

  size_t at_ = 0;
  size_t depth_ = 0;
  bool is_string_ = false;
  bool is_escaped_ = false;
  bool is_done_ = false;
};

class JsonDocument final : public JsonRecords {
 public:
  JsonDocument(BlockStream stream, JsonLimits limits) : stream_(std::move(stream)), limits_(std::move(limits)) {}

  // To the first record, or in front of it.
  Status enter(const std::vector<std::string>& path) {
    for (const std::string& key : path) TRY(enter_member(key));
    const char first = TRY(peek());
    is_array_ = first == '[';
    is_single_ = !is_array_ && !path.empty();
    if (is_array_) advance(1);
    return {};
  }

  Result<std::optional<std::string_view>> next() override {
    advance(taken_);
    taken_ = 0;
    if (has_ended_ || (is_single_ && !is_first_)) return std::optional<std::string_view>();
    char byte = TRY(peek());
    if (is_array_) {
      if (byte == ']') return end_of_array();
      if (!is_first_ && byte != ',') return unexpected("',' or ']' between records");
      if (!is_first_) advance(1);
      byte = TRY(peek());
    }
    is_first_ = false;
    if (byte == '\0' && !is_array_) return std::optional<std::string_view>();
    if (byte != '{') return not_an_object();
    return std::optional(TRY(take_value()));
  }

  uint64_t line() const override { return record_line_; }
  const Bytes& block() const override { return stream_.block(); }

 private:
  // The next byte that is no space; NUL at the end.
  Result<char> peek() {
    for (;;) {
      const std::string_view text = stream_.unread();
      const auto found = std::find_if_not(text.begin(), text.end(), is_space);
      advance(static_cast<size_t>(found - text.begin()));
      if (found != text.end()) return *found;
      if (stream_.at_end()) return '\0';
      TRY(stream_.fill());
    }
  }

  void advance(size_t bytes) {
    const std::string_view passed = stream_.unread().substr(0, bytes);
    line_ += static_cast<uint64_t>(std::count(passed.begin(), passed.end(), '\n'));
    stream_.consume(passed.size());
  }

  // The whole value that starts here, which is no bare word; it is passed by the next call of next().
  Result<std::string_view> take_value() {
    record_line_ = line_;
    for (ValueEnd end;;) {
      const bool is_found = end.search(stream_.unread());
      if (end.end() > limits_.record_bytes_max) return too_long(limits_, line_);
      taken_ = end.end();
      if (is_found) return stream_.unread().substr(0, taken_);
      if (stream_.at_end()) return unexpected("the end of the value that starts here");
      TRY(stream_.fill());
    }
  }

  Result<std::string> take_string(std::string_view what) {
    if (TRY(peek()) != '"') return unexpected(what);
    const std::string_view literal = TRY(take_value());
    const auto value = TRY(text::parse_json(literal, {limits_.name, line_}));
    advance(std::exchange(taken_, 0));
    return value.string();
  }

  Status take(char wanted) {
    if (TRY(peek()) != wanted) return unexpected(fmt::format("'{}'", wanted));
    advance(1);
    return {};
  }

  // From an object to the value of one of its members.
  Status enter_member(const std::string& key) {
    TRY(take('{'));
    for (;;) {
      if (TRY(peek()) == '}')
        return Error{ErrorKind::bad_data, fmt::format("{}:{}: there is no member '{}'", limits_.name, line_, key),
                     "'records' names the members that lead to the records, as in a.b"};
      const std::string name = TRY(take_string("the name of a member"));
      TRY(take(':'));
      if (name == key) return {};
      TRY(pass_value());
      if (TRY(peek()) == ',') advance(1);
    }
  }

  // However large it is, only a block of it is held.
  Status pass_value() {
    const char first = TRY(peek());
    if (first != '{' && first != '[' && first != '"') return pass_word();
    for (ValueEnd end;;) {
      const bool is_found = end.search(stream_.unread());
      advance(end.restart());
      if (is_found) return {};
      if (stream_.at_end()) return unexpected("the end of a value");
      TRY(stream_.fill());
    }
  }

  Status pass_word() {
    for (;;) {
      const std::string_view text = stream_.unread();
      const size_t end = std::min(text.find_first_of(",}] \t\r\n"), text.size());
      advance(end);
      if (end < text.size()) return {};
      if (stream_.at_end()) return unexpected("the end of an object");
      TRY(stream_.fill());
    }
  }

  Result<std::optional<std::string_view>> end_of_array() {
    advance(1);
    has_ended_ = true;
    return std::optional<std::string_view>();
  }

  Error unexpected(std::string_view wanted) const {
    return {ErrorKind::bad_data,
            fmt::format("{}:{}: not the JSON it starts as: {} is missing", limits_.name, line_, wanted)};
  }

  Error not_an_object() const {
    return {ErrorKind::bad_data, fmt::format("{}:{}: not a JSON object", limits_.name, line_),
            "the records of a table are objects; '--records a.b' says where they are"};
  }

  BlockStream stream_;
  JsonLimits limits_;
  uint64_t line_ = 1;  // of the first unread byte
  uint64_t record_line_ = 1;
  size_t taken_ = 0;  // bytes of the record given out
  bool is_array_ = false;
  bool is_single_ = false;  // the path led to one object
  bool is_first_ = true;
  bool has_ended_ = false;
};

}  // namespace

std::unique_ptr<JsonRecords> read_json_lines(BlockStream stream, JsonLimits limits) {
  return std::make_unique<JsonLines>(std::move(stream), std::move(limits));
}

Result<std::unique_ptr<JsonRecords>> read_json_document(BlockStream stream, JsonLimits limits,
                                                        const std::vector<std::string>& path) {
  auto document = std::make_unique<JsonDocument>(std::move(stream), std::move(limits));
  TRY(document->enter(path));
  return std::unique_ptr<JsonRecords>(std::move(document));
}

}  // namespace aml::table
