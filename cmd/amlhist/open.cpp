#include "amlhist/open.h"

#include <fmt/format.h>

namespace aml::amlhist {

Result<store::Store> open_store(const cli::Session& session) {
  store::Store store = TRY(store::open_store(session.settings().store_dir, std::filesystem::current_path()));
  if (const auto cache = session.environment("XDG_CACHE_HOME")) store.set_cache_home(*cache);
  else if (const auto home = session.environment("HOME")) store.set_cache_home(Path(*home) / ".cache");
  return store;
}

std::vector<cli::Flag> selection_flags(history::RunQuery& query) {
  return {{.name = "state",
           .value = "STATE",
           .help = "only runs in STATE: finished, failed, lost, alive, ended, …",
           .target = &query.states},
          {.name = "kind", .value = "KIND", .help = "only runs of KIND: train, submit", .target = &query.kind},
          {.name = "name", .value = "NAME", .help = "only runs named NAME", .target = &query.name},
          {.name = "since",
           .value = "TIME",
           .help = "only runs made since a date, time or age (2d)",
           .target = &query.since},
          {.name = "filter",
           .value = "EXPR",
           .help = "only runs for which EXPR holds: metrics.accuracy > 0.9",
           .target = &query.filter}};
}

cli::ExitCode report_damage(cli::Session& session, const std::vector<store::RunSummary>& runs) {
  auto code = cli::ExitCode::ok;
  for (const store::RunSummary& run : runs) {
    for (const std::string& damage : run.damage)
      session.warn(fmt::format("run {}: {}", history::short_id(run.id), damage));
    if (!run.damage.empty()) code = cli::ExitCode::partial;
  }
  return code;
}

}  // namespace aml::amlhist
