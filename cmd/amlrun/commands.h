// The commands of amlrun, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amlrun {

std::unique_ptr<cli::Command> make_new();
std::unique_ptr<cli::Command> make_snapshot();
std::unique_ptr<cli::Command> make_submit();
std::unique_ptr<cli::Command> make_train();
std::unique_ptr<cli::Command> make_train_payload();
std::unique_ptr<cli::Command> make_wait();
std::unique_ptr<cli::Command> make_logs();
std::unique_ptr<cli::Command> make_cancel();
std::unique_ptr<cli::Command> make_adopt();
std::unique_ptr<cli::Command> make_log();

}  // namespace aml::amlrun
