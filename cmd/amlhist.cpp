// amlhist: what did I run, and which was best?
#include "amlhist/commands.h"
#include "cli/command.h"

int main(int argc, char** argv) {
  using namespace aml;
  const cli::Tool tool{
      .name = "amlhist",
      .summary = "what did I run, and which was best?",
      .commands = {amlhist::make_ls, amlhist::make_show, amlhist::make_best, amlhist::make_diff, amlhist::make_metrics,
                   amlhist::make_outputs, amlhist::make_tag, amlhist::make_rm, amlhist::make_reconcile,
                   amlhist::make_gc, amlhist::make_verify},
      .completer = amlhist::complete,
  };
  return cli::run_main(tool, argc, argv);
}
