// How profiles leave `amlprep profile`: text, records, a package of suggestions, or a page.
#pragma once

#include <optional>
#include <string>

#include "cli/session.h"
#include "inspect/inspection.h"
#include "os/atomic_file.h"

namespace aml::amlprep {

// What the flags ask for beside the columns.
struct ProfileWanted {
  bool correlations = false;
  bool suggestions = false;
  std::optional<std::string> x, y;
};

class ProfileOutput {
 public:
  // `earlier` may be null; it and `session` outlive the output.
  ProfileOutput(cli::Session& session, const ProfileWanted& wanted, const inspect::TableInspection* earlier)
      : session_(session), wanted_(wanted), earlier_(earlier) {}

  Status print(const inspect::TableInspection& table);
  Status write_page(const inspect::TableInspection& table, const std::string& file, os::Overwrite overwrite);

 private:
  Status print_records(const inspect::TableInspection& table);
  Status print_lines(const std::vector<std::string>& lines);

  cli::Session& session_;
  ProfileWanted wanted_;
  const inspect::TableInspection* earlier_;
  bool has_printed_ = false;
};

}  // namespace aml::amlprep
