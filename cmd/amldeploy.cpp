// amldeploy: put it in front of users and watch it
#include "amldeploy/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amldeploy",
      .summary = "put it in front of users and watch it",
      .commands = {amldeploy::make_build, amldeploy::make_push, amldeploy::make_pull, amldeploy::make_serve,
                   amldeploy::make_score},
  };
  return cli::run_main(tool, argc, argv);
}
