// Standard error: whole lines with the tool's name in front, and the progress bar they must not run into.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/time.h"
#include "cli/exit_code.h"

namespace aml::cli {

struct MessageStyle {
  bool color = false;
  bool json = false;       // errors are JSON objects
  bool with_time = false;  // -vv: each line starts with the time
};

// May be used from several threads; each message is one write(2).
class Messages {
 public:
  Messages(int fd, std::string tool, const Clock& clock) : fd_(fd), tool_(std::move(tool)), clock_(clock) {}

  void set_style(MessageStyle style) { style_ = style; }

  void say(std::string_view line);
  void warn(std::string_view line, std::string_view hint);
  void error(const Error& error, ExitCode code);

  // The text that stays on the last line until erased; `text` has no line feed.
  void show_bar(std::string_view text);
  void erase_bar();

 private:
  enum class Kind : uint8_t { plain, error, warning, hint };
  std::string formatted(Kind kind, std::string_view text) const;
  void write_lines(std::string_view lines);

  int fd_;
  std::string tool_;
  const Clock& clock_;
  MessageStyle style_;
  std::mutex mutex_;
  std::string bar_;  // what is on the screen now
};

}  // namespace aml::cli
