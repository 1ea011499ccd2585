// amlprep: what is in this data, and how do I get it into shape?
#include "amlprep/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amlprep",
      .summary = "what is in this data, and how do I get it into shape?",
      .commands = {amlprep::make_profile, amlprep::make_head, amlprep::make_convert, amlprep::make_apply,
                   amlprep::make_learn, amlprep::make_split, amlprep::make_explain},
  };
  return cli::run_main(tool, argc, argv);
}
