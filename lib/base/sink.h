// Where bytes go: a file, a pipe, a hash, a string. Writers take a Sink so that they need not know which.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace aml {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual Status write(std::string_view bytes) = 0;
  virtual Status flush() { return {}; }
};

class StringSink final : public Sink {
 public:
  Status write(std::string_view bytes) override {
    text_.append(bytes);
    return {};
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Where bytes come from, in pieces. An empty view is the end.
class Source {
 public:
  virtual ~Source() = default;
  // Valid until the next call.
  virtual Result<std::string_view> read() = 0;
};

class StringSource final : public Source {
 public:
  explicit StringSource(std::string text) : text_(std::move(text)) {}
  Result<std::string_view> read() override {
    std::string_view rest = at_end_ ? std::string_view() : std::string_view(text_);
    at_end_ = true;
    return rest;
  }

 private:
  std::string text_;
  bool at_end_ = false;
};

}  // namespace aml
