// Asking the history: which runs match, which is meant, which is best. Answers come from the index (store/index.h),
// which is refreshed from the runs' own files first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/run_record.h"
#include "store/store.h"

namespace aml::history {

enum class Goal : uint8_t { max, min };

struct RunQuery {
  std::vector<std::string> states = {};  // any of these; "alive" and "ended" are groups
  std::optional<std::string> kind = {};
  std::optional<std::string> name = {};
  std::optional<std::string> since = {};     // RFC 3339, a date, or an age: "2d"
  std::optional<std::string> filter = {};    // see filter.h
  std::optional<std::string> order_by = {};  // "metrics.loss", "metrics.accuracy desc"; newest first without it
  std::optional<int64_t> limit = {};
};

// Matching runs, newest first unless the query orders them.
Result<std::vector<store::RunSummary>> list_runs(const store::Store& store, const RunQuery& query);

// One run by what a person types:
//   @1           the newest, @2 the one before it
//   @NAME        the newest run of that name
//   ID           all 32 digits, or at least 4 digits from either end that no other run shares; people are shown the
//                last 8 (short_id), because the first ones of a UUIDv7 are the time and alike for neighbours
//   NAME         when it is not an id: the newest run of that name
// not_found, or conflict naming the candidates.
Result<RunId> resolve_run(const store::Store& store, std::string_view text);

// At most 8 characters, accepted by resolve_run.
std::string short_id(const RunId& id);

// What a person may have begun to type: "@1", and ids and names of the newest runs.
std::vector<std::string> complete_run(const store::Store& store, std::string_view prefix);

// One run by id, everything known.
Result<store::RunSummary> find_run(const store::Store& store, const RunId& id);

// The run with the highest or lowest last value of `metric` among those that match; not_found when none has it.
struct BestQuery {
  std::string metric;
  Goal goal = Goal::max;
  RunQuery among = {};
};
Result<store::RunSummary> best_run(const store::Store& store, const BestQuery& query);

// "max" unless the name says that less is better: loss, error, rmse, mae, mse, log_loss, …
Goal default_goal(std::string_view metric);

}  // namespace aml::history
