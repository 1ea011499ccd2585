// What the commands of amlhist share: the store they speak of, and the flags that select runs.
#pragma once

#include "cli/exit_code.h"
#include "cli/session.h"
#include "cli/spec.h"
#include "history/query.h"
#include "store/store.h"

namespace aml::amlhist {

// --store, AML_STORE, or the nearest .aml from the working directory upwards.
Result<store::Store> open_store(const cli::Session& session);

// The flags that fill a RunQuery, for ls and best.
std::vector<cli::Flag> selection_flags(history::RunQuery& query);

// Says what could not be read of these runs; partial when there was something.
cli::ExitCode report_damage(cli::Session& session, const std::vector<store::RunSummary>& runs);

}  // namespace aml::amlhist
