#include "cli/progress.h"

#include <doctest/doctest.h>

#include "os/file.h"

using namespace aml;
using namespace aml::cli;

namespace {

constexpr int64_t kTenthSecond = 100'000'000;

struct Fixture {
  FixedClock clock{Instant{1'000'000'000'000}};
  os::Pipe pipe = os::make_pipe().value();
  Messages messages{pipe.write_end.get(), "amlprep", clock};

  std::string written() {
    pipe.write_end.reset();
    return os::read_all(pipe.read_end.get(), "pipe", 65536).value();
  }
};

}  // namespace

TEST_CASE("the text tells what, how far and a note") {
  CHECK(progress_text({ProgressForm::bar, "reading", 200, 80}, 50, "2 MiB") ==
        "reading  [#####               ]  25%  2 MiB");
  CHECK(progress_text({ProgressForm::bar, "reading", 0, 80}, 50, "") == "reading  50");
  CHECK(progress_text({ProgressForm::bar, "reading", 10, 80}, 99, "") == "reading  [####################] 100%");
  CHECK(progress_text({ProgressForm::bar, "reading", 0, 8}, 50, "") == "readin…");
}

TEST_CASE("a bar comes after a second, at most six times a second, and is erased before messages and at the end") {
  Fixture fixture;
  {
    ProgressBar bar(fixture.messages, fixture.clock, {ProgressForm::bar, "x", 0, 80});
    for (uint64_t i = 1; i <= 18; ++i) {
      fixture.clock.advance_ns(kTenthSecond);
      bar.advance_to(i, "");
    }
    fixture.messages.say("hello");
  }
  CHECK(fixture.written() ==
        "\r\x1b[Kx  10\r\x1b[Kx  12\r\x1b[Kx  14\r\x1b[Kx  16\r\x1b[Kx  18"
        "\r\x1b[Kamlprep: hello\nx  18\r\x1b[K");
}

TEST_CASE("without a terminal there is a line every thirty seconds") {
  Fixture fixture;
  {
    ProgressBar bar(fixture.messages, fixture.clock, {ProgressForm::log, "x", 100, 80});
    for (uint64_t i = 1; i <= 70; ++i) {
      fixture.clock.advance_ns(10 * kTenthSecond);
      bar.advance_to(i, "");
    }
  }
  CHECK(fixture.written() ==
        "amlprep: x  [######              ]  30%\n"
        "amlprep: x  [############        ]  60%\n");
}

TEST_CASE("progress that is off writes nothing") {
  Fixture fixture;
  {
    ProgressBar bar(fixture.messages, fixture.clock, {ProgressForm::none, "x", 0, 80});
    fixture.clock.advance_ns(100 * kTenthSecond);
    bar.advance_to(1, "");
  }
  CHECK(fixture.written().empty());
}
