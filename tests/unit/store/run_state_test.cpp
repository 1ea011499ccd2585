#include "store/run_state.h"

#include <doctest/doctest.h>

using namespace aml::store;

TEST_CASE("every state has two names that lead back to it") {
  for (int i = 0; i <= static_cast<int>(RunState::silent); ++i) {
    const auto state = static_cast<RunState>(i);
    CAPTURE(name_of(state));
    CHECK(parse_state(name_of(state)) == state);
    CHECK(parse_state(journal_name_of(state)) == state);
  }
  CHECK(!parse_state("RUNNING "));
  CHECK(!parse_state(""));
}

TEST_CASE("a state is over, may still change, or is lost") {
  for (int i = 0; i <= static_cast<int>(RunState::silent); ++i) {
    const auto state = static_cast<RunState>(i);
    CAPTURE(name_of(state));
    CHECK(static_cast<int>(is_terminal(state)) + static_cast<int>(is_alive(state)) ==
          (state == RunState::lost ? 0 : 1));
  }
}
