// amlrun: run this, tracked and repeatable, here or there
#include "amlrun/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amlrun",
      .summary = "run this, tracked and repeatable, here or there",
      .commands = {amlrun::make_new, amlrun::make_snapshot, amlrun::make_submit, amlrun::make_train, amlrun::make_wait,
                   amlrun::make_logs, amlrun::make_cancel, amlrun::make_adopt, amlrun::make_log,
                   amlrun::make_train_payload},
  };
  return cli::run_main(tool, argc, argv);
}
