// amlhist --complete run PREFIX: ids and names of recent runs.
#include "amlhist/commands.h"
#include "amlhist/open.h"

namespace aml::amlhist {

std::vector<std::string> complete(cli::Session& session, cli::Complete kind, std::string_view prefix) {
  if (kind != cli::Complete::run) return {};
  const auto store = open_store(session);
  if (!store.ok()) return {};
  return history::complete_run(*store, prefix);
}

}  // namespace aml::amlhist
