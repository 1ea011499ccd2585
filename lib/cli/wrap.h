// Words into lines of a width, for help texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace aml::cli {

struct Layout {
  size_t columns = 79;
  size_t indent = 0;  // of every line
};

// A blank line in `text` starts a new paragraph; a paragraph whose lines start with a space is kept as it stands.
std::string wrap(std::string_view text, const Layout& layout);

// "  left        right", right wrapped under itself; on a line of its own when left reaches into its column.
struct TwoColumns {
  size_t right_at = 24;
  size_t columns = 79;
};
std::string two_columns(std::string_view left, std::string_view right, const TwoColumns& layout);

}  // namespace aml::cli
