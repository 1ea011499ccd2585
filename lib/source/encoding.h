// Text of any encoding as UTF-8.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/sink.h"

namespace aml::source {

// What the first bytes of an input say: UTF-16 or UTF-32, by a byte order mark or by the zero bytes of its first
// characters. Nothing for all that has ASCII in it as it is. `head` is longer than four bytes or all there is.
std::optional<std::string> detect_wide_encoding(std::string_view head);

// Decodes `source` from an encoding iconv knows. A byte that means nothing there is bad data with its offset, named by
// `name`. An unknown encoding is a usage error.
Result<std::unique_ptr<Source>> decode_from(std::unique_ptr<Source> source, const std::string& encoding,
                                            std::string name);

// Passes UTF-8 on. The first byte beyond ASCII decides: if it starts no character of UTF-8, the text is taken for
// windows-1252 (which is latin-1 where that has letters) from there on, and `on_found` is told. So a text in UTF-8 with
// damage in it passes unchanged.
std::unique_ptr<Source> decode_utf8_or_windows_1252(std::unique_ptr<Source> source, std::function<void()> on_found);

}  // namespace aml::source
