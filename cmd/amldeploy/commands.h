// The commands of amldeploy, one maker per file of this folder.
#pragma once

#include <memory>
#include <string>

#include "catalog/source.h"
#include "cli/command.h"

namespace aml::amldeploy {

std::unique_ptr<cli::Command> make_build();
std::unique_ptr<cli::Command> make_push();
std::unique_ptr<cli::Command> make_pull();
std::unique_ptr<cli::Command> make_serve();
std::unique_ptr<cli::Command> make_score();

// The model a MODEL argument means; a store is needed unless it is a file.
Result<catalog::ModelSource> open_model(cli::Session& session, const std::string& text);

}  // namespace aml::amldeploy
