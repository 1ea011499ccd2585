#include "amldeploy/commands.h"
#include "catalog/source.h"
#include "cli/session.h"

namespace aml::amldeploy {

Result<catalog::ModelSource> open_model(cli::Session& session, const std::string& text) {
  return catalog::find_model(session.settings().store_dir, std::filesystem::current_path(), text);
}

}  // namespace aml::amldeploy
