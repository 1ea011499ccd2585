// amlmodel: which model is this, where does it come from, how good is it?
#include "amlmodel/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amlmodel",
      .summary = "which model is this, where does it come from, how good is it?",
      .commands = {},
  };
  return cli::run_main(tool, argc, argv);
}
