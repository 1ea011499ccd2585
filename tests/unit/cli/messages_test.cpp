#include "cli/messages.h"

#include <doctest/doctest.h>

#include "os/file.h"

using namespace aml;
using namespace aml::cli;

namespace {

struct Fixture {
  FixedClock clock{Instant{1'782'000'000'250'000'000}};
  os::Pipe pipe = os::make_pipe().value();
  Messages messages{pipe.write_end.get(), "amlrun", clock};

  std::string written() {
    pipe.write_end.reset();
    return os::read_all(pipe.read_end.get(), "pipe", 65536).value();
  }
};

}  // namespace

TEST_CASE("lines start with the tool and what they are") {
  Fixture fixture;
  fixture.messages.say("plain");
  fixture.messages.warn("odd", "look");
  fixture.messages.error({ErrorKind::not_found, "no run 'x'", "amlhist ls"}, ExitCode::not_found);
  CHECK(fixture.written() ==
        "amlrun: plain\namlrun: warning: odd\namlrun: hint: look\n"
        "amlrun: error: no run 'x'\namlrun: hint: amlhist ls\n");
}

TEST_CASE("errors are JSON objects when asked for") {
  Fixture fixture;
  fixture.messages.set_style({.json = true});
  fixture.messages.error({ErrorKind::bad_data, "a \"b\""}, ExitCode::bad_data);
  fixture.messages.error({ErrorKind::usage, "m", "h"}, ExitCode::usage);
  CHECK(fixture.written() ==
        "{\"type\":\"error\",\"kind\":\"bad_data\",\"code\":6,\"message\":\"a \\\"b\\\"\"}\n"
        "{\"type\":\"error\",\"kind\":\"usage\",\"code\":2,\"message\":\"m\",\"hint\":\"h\"}\n");
}

TEST_CASE("colour is on the label only, and times come first") {
  Fixture fixture;
  fixture.messages.set_style({.color = true, .with_time = true});
  fixture.messages.warn("odd", "");
  CHECK(fixture.written() == "2026-06-21T00:00:00.250Z amlrun: \x1b[1;33mwarning:\x1b[0m odd\n");
}
