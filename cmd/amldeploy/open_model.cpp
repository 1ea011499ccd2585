#include "amldeploy/commands.h"
#include "catalog/source.h"
#include "cli/session.h"

namespace aml::amldeploy {

Result<catalog::ModelSource> open_model(cli::Session& session, const std::string& text) {
  auto opened = store::open_store(session.settings().store_dir, std::filesystem::current_path());
  if (!opened.ok() && opened.error().kind != ErrorKind::not_found) return std::move(opened).error();
  std::optional<store::Store> store;
  if (opened.ok()) store = std::move(opened).value();
  return catalog::resolve_model(store, text);
}

}  // namespace aml::amldeploy
