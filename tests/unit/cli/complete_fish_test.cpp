// The lines a shell reads. That fish offers the right words is in tests/cli/cases/aml-probe/completion-fish.
#include "unit/cli/odd_tool.h"

using namespace aml;
using namespace aml::cli;
using namespace aml::cli::test;

namespace {

const std::string kSeen = "complete -c tool -n '__fish_seen_subcommand_from odd'";

}  // namespace

TEST_CASE("each flag of a command is one line, its negation another") {
  const std::string script = fish_completion(tool());
  CHECK(count_lines(script, kSeen + " -s x -l ex -x -a 'a b' -d 'one of [a:b] \\'c\\''") == 1);
  CHECK(count_lines(script, kSeen + " -l on -d 'switch'") == 1);
  CHECK(count_lines(script, kSeen + " -l no-on -d 'not: switch'") == 1);
  CHECK(count_lines(script, kSeen + " -l in -r -F -d 'read it'") == 1);
}

TEST_CASE("what only the tool knows is asked of it") {
  const std::string script = fish_completion(tool());
  CHECK(count_lines(script, kSeen + " -s m -l model -x -a '(tool --complete model (commandline -ct) 2>/dev/null)' "
                                    "-d 'models'") == 1);
  CHECK(count_lines(script, kSeen + " -x -a '(tool --complete run (commandline -ct) 2>/dev/null)'") == 1);
}

TEST_CASE("commands are offered with their summaries, a launcher completes a program") {
  const std::string script = fish_completion(tool());
  CHECK(script.starts_with("# fish completion for tool; made by tool --generate fish\ncomplete -c tool -f\n"));
  CHECK(count_lines(script, "complete -c tool -n __fish_use_subcommand -a odd -d 'it\\'s \"odd\" [very]: a\\\\b'") ==
        1);
  CHECK(count_lines(script,
                    "complete -c tool -n '__fish_seen_subcommand_from launch' -x -a "
                    "'(__fish_complete_subcommand)'") == 1);
}
