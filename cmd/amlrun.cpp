// amlrun: run this, tracked and repeatable, here or there
#include "amlrun/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amlrun",
      .summary = "run this, tracked and repeatable, here or there",
      .commands = {},
  };
  return cli::run_main(tool, argc, argv);
}
