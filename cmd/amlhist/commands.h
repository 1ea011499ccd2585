// The commands of amlhist, one maker per file of this folder.
#pragma once

#include <memory>

#include "cli/command.h"

namespace aml::amlhist {

std::unique_ptr<cli::Command> make_ls();
std::unique_ptr<cli::Command> make_show();
std::unique_ptr<cli::Command> make_best();
std::unique_ptr<cli::Command> make_diff();
std::unique_ptr<cli::Command> make_metrics();
std::unique_ptr<cli::Command> make_outputs();
std::unique_ptr<cli::Command> make_tag();
std::unique_ptr<cli::Command> make_rm();
std::unique_ptr<cli::Command> make_reconcile();
std::unique_ptr<cli::Command> make_gc();
std::unique_ptr<cli::Command> make_verify();

std::vector<std::string> complete(cli::Session& session, cli::Complete kind, std::string_view prefix);

}  // namespace aml::amlhist
