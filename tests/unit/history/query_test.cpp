#include "history/query.h"

#include "../store/fixture.h"

using namespace aml;
using namespace aml::history;
using namespace aml::store::test;

namespace {

RunId named_run(TestStore& test, int64_t second, const std::string& name, const std::string& metrics) {
  store::RunSpec spec = spec_of(run_id_at(second, 1000 + static_cast<uint64_t>(second)));
  spec.name = name;
  return finished_run(test.store, spec, metrics, 0);
}

std::vector<RunId> ids_of(const Result<std::vector<store::RunSummary>>& runs) {
  REQUIRE(runs.ok());
  std::vector<RunId> ids;
  for (const auto& run : *runs) ids.push_back(run.id);
  return ids;
}

}  // namespace

TEST_CASE("runs are listed newest first, or as asked") {
  TestStore test;
  const RunId a = named_run(test, 1, "x", "loss=3\n");
  const RunId b = named_run(test, 2, "y", "loss=1\n");
  const RunId c = named_run(test, 3, "x", "");
  CHECK(ids_of(list_runs(test.store, {})) == std::vector<RunId>{c, b, a});
  CHECK(ids_of(list_runs(test.store, {.limit = 2})) == std::vector<RunId>{c, b});
  CHECK(ids_of(list_runs(test.store, {.name = "x"})) == std::vector<RunId>{c, a});
  CHECK(ids_of(list_runs(test.store, {.order_by = "metrics.loss"})) == std::vector<RunId>{b, a, c});
  CHECK(ids_of(list_runs(test.store, {.order_by = "metrics.loss desc", .limit = 1})) == std::vector<RunId>{a});
  CHECK(ids_of(list_runs(test.store, {.states = {"failed", "ended"}})).size() == 3);
  CHECK(ids_of(list_runs(test.store, {.states = {"alive"}})).empty());
  CHECK(ids_of(list_runs(test.store, {.since = "2023-11-14T22:13:22Z"})) == std::vector<RunId>{c, b});
  CHECK(ids_of(list_runs(test.store, {.since = "1h"})).empty());
  CHECK(list_runs(test.store, {.states = {"finishd"}}).error().hint == "did you mean 'finished'?");
  CHECK(list_runs(test.store, {.since = "soon"}).error().kind == ErrorKind::usage);
  CHECK(list_runs(test.store, {.limit = -1}).error().kind == ErrorKind::usage);
}

TEST_CASE("a run is found by number, name, id and either end of its id") {
  TestStore test;
  const RunId a = named_run(test, 1, "night", "");
  const RunId b = named_run(test, 2, "night", "");
  CHECK(resolve_run(test.store, "@1").value() == b);
  CHECK(resolve_run(test.store, "@2").value() == a);
  CHECK(resolve_run(test.store, "@night").value() == b);
  CHECK(resolve_run(test.store, "night").value() == b);
  CHECK(resolve_run(test.store, a.text()).value() == a);
  CHECK(resolve_run(test.store, short_id(a)).value() == a);
  CHECK(resolve_run(test.store, a.text().substr(28)).value() == a);
  CHECK(resolve_run(test.store, a.text().substr(0, 14)).value() == a);
}

TEST_CASE("a run that cannot be told from others is a conflict naming them") {
  TestStore test;
  const RunId a = named_run(test, 1, "", "");
  const RunId b = named_run(test, 2, short_id(a), "");
  const auto both = resolve_run(test.store, a.text().substr(0, 6));
  CHECK(both.error().kind == ErrorKind::conflict);
  CHECK(both.error().hint == "one of: " + b.text() + ", " + a.text());
  CHECK(resolve_run(test.store, short_id(a)).error().kind == ErrorKind::conflict);
  CHECK(resolve_run(test.store, "@" + short_id(a)).value() == b);
}

TEST_CASE("a run that is not there is not found") {
  TestStore test;
  static_cast<void>(named_run(test, 1, "", ""));
  for (const char* text :
       {"@2", "@0", "@-1", "@", "", "@none", "none", "abc", "00000000", "%", "0123456789abcdef0123456789abcdef"}) {
    CAPTURE(text);
    CHECK(resolve_run(test.store, text).error().kind == ErrorKind::not_found);
  }
}

TEST_CASE("the best run has the highest or lowest last value; NaN is never best") {
  TestStore test;
  const RunId a = named_run(test, 1, "", "acc=0.9 step=0\nacc=0.5 step=1\n");
  const RunId b = named_run(test, 2, "", "acc=0.7\n");
  static_cast<void>(named_run(test, 3, "", "acc=nan\n"));
  const RunId d = named_run(test, 4, "", "acc=0.7\n");
  CHECK(best_run(test.store, {.metric = "acc"})->id == d);
  CHECK(best_run(test.store, {.metric = "acc", .goal = Goal::min})->id == a);
  CHECK(best_run(test.store, {.metric = "acc", .among = {.since = "2023-11-14", .filter = "id != '" + d.text() + "'"}})
            ->id == b);
  const auto none = best_run(test.store, {.metric = "ac"});
  CHECK(none.error().kind == ErrorKind::not_found);
  CHECK(none.error().hint == "did you mean 'acc'?");
}

TEST_CASE("less is better for losses and errors by name") {
  for (const char* name : {"loss", "valid.log_loss", "rmse", "train/mse", "test-error"})
    CHECK(default_goal(name) == Goal::min);
  for (const char* name : {"accuracy", "auc", "glossary", "f1", ""}) CHECK(default_goal(name) == Goal::max);
}

TEST_CASE("completion offers what resolves") {
  TestStore test;
  const RunId a = named_run(test, 1, "night", "");
  CHECK(complete_run(test.store, "") == std::vector<std::string>{short_id(a), "@1", "@night", "night"});
  CHECK(complete_run(test.store, "@n") == std::vector<std::string>{"@night"});
  CHECK(complete_run(test.store, a.text().substr(0, 20)) == std::vector<std::string>{a.text()});
  CHECK(complete_run(test.store, "zzz").empty());
}
