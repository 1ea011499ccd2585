// A piece of text cut from a file, with the place in the file of each of its bytes: an expression inside a YAML
// scalar is parsed by itself, yet its errors point at the character a person typed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "text/yaml.h"

namespace aml::prep {

struct TextPlace {
  int line = 1;
  int column = 1;
};

struct PlacedText {
  std::string text;
  std::string file;
  std::vector<TextPlace> places;  // one per byte of `text`, and one for its end

  // bad_data: "file:line:column: message"
  Error error(size_t offset, std::string message, std::string hint = {}) const;
};

// The value of `scalar`, whose document is `source`. Follows quotes, escapes, folded lines and indentation.
PlacedText place_scalar(const text::Yaml& scalar, std::string_view source);

// Text that stands by itself, on one line.
PlacedText place_line(std::string text, std::string file);

}  // namespace aml::prep
