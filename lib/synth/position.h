// A place in a text, told in a way that holds for other texts too: the third comma from the right, the end of the
// second number, where letters turn into digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "synth/token.h"

namespace aml::synth {

struct Position {
  enum class Kind : uint8_t {
    start,
    end,
    offset,  // `count` characters from the left, or from the right when negative
    before,  // where the count-th match of `left` begins; negative counts from the right
    after,   // where it ends
    edge,    // the count-th place where a match of `left` ends and one of `right` begins
    // The others are told from where the slice begins, and only say where it ends.
    plus,  // `count` characters on
    next,  // where the next match of `left` begins
    past,  // where the next match of `left` ends
  };
  Kind kind = Kind::start;
  int count = 0;
  Pattern left = {};
  Pattern right = {};

  friend bool operator==(const Position&, const Position&) = default;
};

inline constexpr size_t kNowhere = std::string_view::npos;
inline constexpr bool is_relative(Position::Kind kind) { return kind >= Position::Kind::plus; }

// The byte offset in `text`, or kNowhere. `from` is where the slice begins, for relative kinds.
size_t locate(const Position& position, std::string_view text, size_t from = 0);

// How far-fetched a position is: the sum over a program ranks it. `is_fixed_length`: all texts have one length.
int cost_of(const Position& position, bool is_fixed_length);

}  // namespace aml::synth
