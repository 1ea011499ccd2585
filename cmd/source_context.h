// What every command that opens tables hands to source/open.h.
#pragma once

#include "cli/session.h"
#include "source/byte_input.h"

namespace aml {

inline source::Context source_context(cli::Session& session) {
  return {.temporary_folder = session.environment("TMPDIR").value_or("/tmp"),
          .on_notice = [&session](const std::string& line) { session.note(line); },
          .proxies = net::proxies_from([&](std::string_view name) { return session.environment(name); }),
          .cancel = &session.cancel()};
}

}  // namespace aml
