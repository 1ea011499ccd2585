// amlmodel: which model is this, where does it come from, how good is it?
#include "amlmodel/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amlmodel",
      .summary = "which model is this, where does it come from, how good is it?",
      .commands = {amlmodel::make_register, amlmodel::make_ls, amlmodel::make_show, amlmodel::make_alias,
                   amlmodel::make_lineage, amlmodel::make_predict, amlmodel::make_evaluate, amlmodel::make_export,
                   amlmodel::make_verify},
      .completer = amlmodel::complete,
  };
  return cli::run_main(tool, argc, argv);
}
