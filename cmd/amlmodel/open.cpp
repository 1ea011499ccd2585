// What the commands of amlmodel share: finding the store and the model that is meant.
#include <fmt/format.h>

#include "amlmodel/commands.h"
#include "cli/session.h"
#include "history/query.h"

namespace aml::amlmodel {

Result<store::Store> open_store(const cli::Session& session) {
  return store::open_store(session.settings().store_dir, std::filesystem::current_path());
}

Result<catalog::ModelSource> open_model(const cli::Session& session, const std::string& text) {
  return catalog::find_model(session.settings().store_dir, std::filesystem::current_path(), text);
}

Result<catalog::ModelName> parse_name(const std::string& text) {
  auto name = catalog::parse_model_name(text);
  if (name) return *std::move(name);
  return Error{ErrorKind::usage, fmt::format("'{}' does not name a registered model", text),
               "write NAME, NAME:VERSION or NAME@ALIAS; 'amlmodel ls' lists them"};
}

Result<catalog::ModelVersion> find_version(const store::Store& store, const std::string& text) {
  return catalog::Catalog(store).find(TRY(parse_name(text)));
}

std::vector<std::string> complete(cli::Session& session, cli::Complete kind, std::string_view prefix) {
  const auto store = open_store(session);
  if (!store.ok()) return {};
  if (kind == cli::Complete::run) return history::complete_run(*store, prefix);
  if (kind == cli::Complete::model) return catalog::complete_model(*store, prefix);
  return {};
}

}  // namespace aml::amlmodel
