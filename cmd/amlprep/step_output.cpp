#include "amlprep/step_output.h"

#include <fmt/format.h>

#include "os/atomic_file.h"
#include "prep/learn_table.h"

namespace aml::amlprep {

Status put_step(cli::Session& session, const std::optional<std::string>& append,
                const std::function<std::string(size_t)>& write_step) {
  if (!append) return session.out().data().write(TRY(prep::append_step("", "", write_step)));
  const std::string document = TRY(os::read_file(*append));
  TRY(os::write_file_atomically(*append, TRY(prep::append_step(document, *append, write_step)), os::Overwrite::yes));
  session.note(fmt::format("appended to '{}'", *append));
  return {};
}

}  // namespace aml::amlprep
