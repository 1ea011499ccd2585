// The SQL of each kind of comparison, word by word. That it finds the right runs is in filter_test.cpp.
#include <doctest/doctest.h>

#include "history/filter.h"

using namespace aml;
using namespace aml::history;

namespace {

using Values = std::vector<store::SqlValue>;

constexpr Instant kNow{1'700'000'000'000'000'000};

store::Selection compiled(std::string_view filter) { return compile_filter(parse_filter(filter).value(), kNow); }

// How a keyed comparison begins: the run has such a metric, param or tag, and …
std::string has(const std::string& table) {
  return "EXISTS(SELECT 1 FROM " + table + " f WHERE f.n = runs.n AND f.k = (SELECT k FROM keys WHERE key = ?)";
}

}  // namespace

TEST_CASE("nothing asked is everything") {
  const auto selection = compiled("");
  CHECK(selection.where == "1");
  CHECK(selection.values.empty());
  CHECK(selection.order_by == "runs.id DESC");
}

TEST_CASE("a column that has no value is a false comparison, not an unknown one") {
  CHECK(compiled("state = 'failed'").where == "coalesce(runs.state = ?, 0)");
  CHECK(compiled("state = 'failed'").values == Values{std::string("failed")});
  CHECK(compiled("not name <> 'a'").where == "NOT coalesce(nullif(runs.name, '') <> ?, 0)");
  CHECK(compiled("parent is null").where == "(nullif(runs.parent, '') IS NULL)");
  CHECK(compiled("exit_code >= 2").where == "coalesce(runs.exit_code >= ?, 0)");
  CHECK(compiled("exit_code >= 2").values == Values{2.0});
}

TEST_CASE("keys and values are bound and never pasted") {
  const auto metric = compiled("metrics.`a' OR 1` > 0.5");
  CHECK(metric.where == has("metrics") + " AND f.last > ?)");
  CHECK(metric.values == Values{std::string("a' OR 1"), 0.5});
  const auto text = compiled("params.learner = 'x''; DROP TABLE runs'");
  CHECK(text.where == has("params") + " AND f.v = ?)");
  CHECK(text.values == Values{std::string("learner"), std::string("x'; DROP TABLE runs")});
}

TEST_CASE("a param is compared as what the value is") {
  CHECK(compiled("params.depth < 3").where == has("params") + " AND f.number < ?)");
  CHECK(compiled("tags.team = 'a'").where == has("tags") + " AND f.v = ?)");
  const auto mixed = compiled("params.p in ('a', 1)");
  CHECK(mixed.where == has("params") + " AND (f.v = ? OR f.number = ?))");
  CHECK(mixed.values == Values{std::string("p"), std::string("a"), 1.0});
}

TEST_CASE("a key that is null is one that is not there") {
  CHECK(compiled("tags.team is null").where == "NOT " + has("tags") + ")");
  CHECK(compiled("tags.team is not null").where == "NOT NOT " + has("tags") + ")");
}

TEST_CASE("like becomes GLOB, whose own signs lose their meaning") {
  const auto like = compiled("name like 'a_%*?[b]'");
  CHECK(like.where == "coalesce(nullif(runs.name, '') GLOB ?, 0)");
  CHECK(like.values == Values{std::string("a?*[*][?][[]b]")});
  const auto ilike = compiled("name ilike 'A_%'");
  CHECK(ilike.where == "coalesce(nullif(runs.name, '') LIKE ?, 0)");
  CHECK(ilike.values == Values{std::string("A_%")});
}

TEST_CASE("parts are joined in brackets of their own") {
  CHECK(compiled("state = 'a' and (kind = 'b' or kind = 'c')").where ==
        "(coalesce(runs.state = ?, 0) AND "
        "(coalesce(nullif(runs.kind, '') = ?, 0) OR coalesce(nullif(runs.kind, '') = ?, 0)))");
}

TEST_CASE("ages and durations are worked out in seconds") {
  CHECK(compiled("age < 2d").where == "coalesce(((1700000000000 - runs.created) / 1000.0) < ?, 0)");
  CHECK(compiled("age < 2d").values == Values{172800.0});
  CHECK(compiled("duration > 5m").where == "coalesce(((runs.ended - runs.started) / 1000.0) > ?, 0)");
  CHECK(compiled("duration > 5m").values == Values{300.0});
}

TEST_CASE("an order puts what has no value last, and the newest first among equals") {
  store::Selection selection;
  compile_order(parse_order("metrics.loss, params.p desc, created desc").value(), kNow, selection);
  const std::string key = "WHERE f.n = runs.n AND f.k = (SELECT k FROM keys WHERE key = ?))";
  CHECK(selection.order_by == "(SELECT f.last FROM metrics f " + key + " ASC NULLS LAST, (SELECT f.v FROM params f " +
                                  key + " DESC NULLS LAST, runs.created DESC NULLS LAST, runs.id DESC");
  CHECK(selection.order_values == Values{std::string("loss"), std::string("p")});
  compile_order({}, kNow, selection = {});
  CHECK(selection.order_by == "runs.id DESC");
}
