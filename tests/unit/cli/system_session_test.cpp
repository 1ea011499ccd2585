#include "cli/system_session.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "os/file.h"

using namespace aml;
using namespace aml::cli;

namespace {

using Texts = std::vector<std::string>;

// A session whose standard error is a pipe.
struct World {
  FixedClock clock{Instant{1'000'000'000'000}};
  os::Pipe pipe = os::make_pipe().value();
  Messages messages{pipe.write_end.get(), "tool", clock};
  Cancel cancel;
  SessionParts parts;

  World() {
    parts.tool = "tool";
    parts.environment = [](std::string_view) { return std::optional<std::string>(); };
  }

  SystemSession session() { return SystemSession(parts, messages, clock, cancel); }

  std::string written() {
    pipe.write_end.reset();
    return os::read_all(pipe.read_end.get(), "pipe", 65536).value();
  }
};

// Standard input is a pipe with these bytes while it lives.
class StandardInput {
 public:
  explicit StandardInput(std::string_view bytes) : kept_(dup(STDIN_FILENO)) {
    os::Pipe pipe = os::make_pipe().value();
    REQUIRE(os::write_all(pipe.write_end.get(), bytes, "pipe").ok());
    REQUIRE(dup2(pipe.read_end.get(), STDIN_FILENO) == STDIN_FILENO);
  }
  ~StandardInput() { dup2(kept_.get(), STDIN_FILENO); }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

 private:
  os::UniqueFd kept_;
};

std::string said_at(int verbosity) {
  World world;
  world.parts.settings.verbosity = verbosity;
  SystemSession session = world.session();
  session.note("note");
  session.detail("detail");
  session.warn("warning", "hint");
  session.report({ErrorKind::not_found, "error"});
  return world.written();
}

}  // namespace

TEST_CASE("quiet leaves errors only, verbose adds details") {
  CHECK(said_at(-1) == "tool: error: error\n");
  CHECK(said_at(0) == "tool: note\ntool: warning: warning\ntool: hint: hint\ntool: error: error\n");
  CHECK(said_at(1) == "tool: note\ntool: detail\ntool: warning: warning\ntool: hint: hint\ntool: error: error\n");
}

TEST_CASE("a closed pipe is nobody's business") {
  World world;
  SystemSession session = world.session();
  session.report({ErrorKind::broken_pipe, "closed"});
  CHECK(world.written().empty());
}

TEST_CASE("data from a terminal is refused, and remembered") {
  World world;
  world.parts.stdin_is_terminal = true;
  SystemSession session = world.session();
  CHECK(!session.refused_terminal());
  const Status refused = session.require_piped_stdin();
  CHECK(refused.error().kind == ErrorKind::usage);
  CHECK(refused.error().hint == "name a file or pipe data into tool");
  CHECK(session.refused_terminal());
  CHECK(expand_names(session, {"a", "-"}).error().kind == ErrorKind::usage);
}

TEST_CASE("names without - are taken as they are, and standard input is not touched") {
  World world;
  world.parts.stdin_is_terminal = true;
  SystemSession session = world.session();
  CHECK(expand_names(session, {"b", "", "a"}).value() == Texts{"b", "", "a"});
}

TEST_CASE("- stands for the lines of standard input, at its place") {
  World world;
  SystemSession session = world.session();
  const StandardInput input("one\n\ntwo words\nlast");
  CHECK(expand_names(session, {"first", "-", "end"}).value() == Texts{"first", "one", "two words", "last", "end"});
}

TEST_CASE("with -0 names may hold line feeds") {
  World world;
  world.parts.settings.null_terminated = true;
  SystemSession session = world.session();
  const StandardInput input(std::string_view("a\nb\0c\0", 6));
  CHECK(expand_names(session, {"-"}).value() == Texts{"a\nb", "c"});
}
