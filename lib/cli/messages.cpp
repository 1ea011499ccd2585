#include "cli/messages.h"

#include <fmt/format.h>

#include "os/file.h"
#include "text/json.h"

namespace aml::cli {
namespace {

constexpr std::string_view kEraseLine = "\r\x1b[K";
constexpr std::string_view kPlainColor = "\x1b[0m";

}  // namespace

std::string Messages::formatted(Kind kind, std::string_view text) const {
  std::string line = style_.with_time ? format_rfc3339(clock_.now()) + " " : "";
  line += tool_ + ": ";
  const auto label = [&](std::string_view word, std::string_view color) {
    if (style_.color) line.append(color);
    line.append(word);
    if (style_.color) line.append(kPlainColor);
    line += ' ';
  };
  if (kind == Kind::error) label("error:", "\x1b[1;31m");
  if (kind == Kind::warning) label("warning:", "\x1b[1;33m");
  if (kind == Kind::hint) label("hint:", "\x1b[36m");
  line.append(text);
  line += '\n';
  return line;
}

// Nobody is left to tell when stderr itself cannot be written.
void Messages::write_lines(std::string_view lines) {
  const std::lock_guard lock(mutex_);
  const std::string text =
      bar_.empty() ? std::string(lines) : std::string(kEraseLine) + std::string(lines) + std::string(bar_);
  static_cast<void>(os::write_all(fd_, text, "standard error").ok());
}

void Messages::say(std::string_view line) { write_lines(formatted(Kind::plain, line)); }

void Messages::warn(std::string_view line, std::string_view hint) {
  std::string lines = formatted(Kind::warning, line);
  if (!hint.empty()) lines += formatted(Kind::hint, hint);
  write_lines(lines);
}

void Messages::error(const Error& error, ExitCode code) {
  if (style_.json) {
    text::Json object = text::Json::object({{"type", "error"},
                                            {"kind", name_of(error.kind)},
                                            {"code", static_cast<int>(code)},
                                            {"message", error.message}});
    if (!error.hint.empty()) object.append_member("hint", error.hint);
    write_lines(object.dump() + "\n");
    return;
  }
  std::string lines = formatted(Kind::error, error.message);
  if (!error.hint.empty()) lines += formatted(Kind::hint, error.hint);
  write_lines(lines);
}

void Messages::show_bar(std::string_view text) {
  const std::lock_guard lock(mutex_);
  bar_ = text;
  static_cast<void>(os::write_all(fd_, std::string(kEraseLine) + bar_, "standard error").ok());
}

void Messages::erase_bar() {
  const std::lock_guard lock(mutex_);
  if (bar_.empty()) return;
  bar_.clear();
  static_cast<void>(os::write_all(fd_, kEraseLine, "standard error").ok());
}

}  // namespace aml::cli
