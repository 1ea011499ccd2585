// amlhist: what did I run, and which was best?
#include "amlhist/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amlhist",
      .summary = "what did I run, and which was best?",
      .commands = {},
  };
  return cli::run_main(tool, argc, argv);
}
