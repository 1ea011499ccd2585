// The commands of amlmodel, one maker per file of this folder, and what they share.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "catalog/source.h"
#include "cli/command.h"

namespace aml::amlmodel {

std::unique_ptr<cli::Command> make_register();
std::unique_ptr<cli::Command> make_ls();
std::unique_ptr<cli::Command> make_show();
std::unique_ptr<cli::Command> make_alias();
std::unique_ptr<cli::Command> make_lineage();
std::unique_ptr<cli::Command> make_predict();
std::unique_ptr<cli::Command> make_evaluate();
std::unique_ptr<cli::Command> make_export();
std::unique_ptr<cli::Command> make_verify();

std::vector<std::string> complete(cli::Session& session, cli::Complete kind, std::string_view prefix);

// --store, AML_STORE, or the nearest .aml from the working directory upwards.
Result<store::Store> open_store(const cli::Session& session);

// The model a MODEL argument means; a store is needed unless it is a file.
Result<catalog::ModelSource> open_model(const cli::Session& session, const std::string& text);

// NAME, NAME:VERSION or NAME@ALIAS as its parts; a usage error for any other text.
Result<catalog::ModelName> parse_name(const std::string& text);

// A registered version: NAME, NAME:VERSION or NAME@ALIAS.
Result<catalog::ModelVersion> find_version(const store::Store& store, const std::string& text);

}  // namespace aml::amlmodel
