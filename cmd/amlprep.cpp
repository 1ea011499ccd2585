// amlprep: what is in this data, and how do I get it into shape?
#include "amlprep/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amlprep",
      .summary = "what is in this data, and how do I get it into shape?",
      .commands = {amlprep::make_profile, amlprep::make_head, amlprep::make_convert, amlprep::make_apply,
                   amlprep::make_learn, amlprep::make_split, amlprep::make_explain, amlprep::make_fit,
                   amlprep::make_check, amlprep::make_sample, amlprep::make_partition, amlprep::make_import,
                   amlprep::make_export},
      .version_details = amlprep::list_plugins,
  };
  return cli::run_main(tool, argc, argv);
}
