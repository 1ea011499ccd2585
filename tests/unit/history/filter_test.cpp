#include "history/filter.h"

#include <cmath>

#include "../store/fixture.h"
#include "base/random.h"
#include "history/query.h"
#include "text/numbers.h"

using namespace aml;
using namespace aml::history;
using namespace aml::store::test;
using store::RunSummary;

namespace {

// The slow and obvious reference: walks the filter for one run, without SQL.
class Oracle {
 public:
  explicit Oracle(const RunSummary& run) : run_(run) {}

  bool matches(const Filter& filter) const {
    switch (filter.kind) {
      case Filter::Kind::all:
        return std::all_of(filter.parts.begin(), filter.parts.end(), [&](const Filter& part) { return matches(part); });
      case Filter::Kind::any:
        return std::any_of(filter.parts.begin(), filter.parts.end(), [&](const Filter& part) { return matches(part); });
      case Filter::Kind::negation: return !matches(filter.parts.front());
      case Filter::Kind::comparison: break;
    }
    const auto found = value_of(filter.operand);
    if (filter.compare == Compare::is_null) return !found;
    return found && std::any_of(filter.values.begin(), filter.values.end(),
                                [&](const Value& value) { return compare(*found, filter.compare, value); });
  }

 private:
  std::optional<Value> value_of(const Operand& operand) const {
    if (operand.field == Field::metric) {
      const auto found = run_.metrics.find(operand.key);
      return found == run_.metrics.end() ? std::nullopt : std::optional<Value>(found->second.last);
    }
    if (operand.field == Field::tag) {
      const auto found = run_.tags.find(operand.key);
      return found == run_.tags.end() ? std::nullopt : std::optional<Value>(found->second);
    }
    if (operand.field == Field::param)
      for (const auto& [key, value] : run_.params)
        if (key == operand.key) return Value(value);
    if (operand.field == Field::name && !run_.spec.name.empty()) return Value(run_.spec.name);
    if (operand.field == Field::state) return Value(std::string(name_of(run_.state)));
    if (operand.field == Field::exit_code && run_.exit_code) return Value(static_cast<double>(*run_.exit_code));
    return std::nullopt;
  }

  static bool compare(const Value& found, Compare compare, const Value& wanted) {
    if (const auto* number = std::get_if<double>(&wanted)) {
      const auto* text = std::get_if<std::string>(&found);
      const double value = text == nullptr ? std::get<double>(found) : text::parse_double(*text).value_or(NAN);
      return !std::isnan(value) && ordered(value, compare, *number);
    }
    return ordered(std::get<std::string>(found), compare, std::get<std::string>(wanted));
  }

  template <class T>
  static bool ordered(const T& left, Compare compare, const T& right) {
    switch (compare) {
      case Compare::equal:
      case Compare::in: return left == right;
      case Compare::not_equal: return left != right;
      case Compare::less: return left < right;
      case Compare::less_equal: return left <= right;
      case Compare::greater: return left > right;
      case Compare::greater_equal: return left >= right;
      default: return false;
    }
  }

  const RunSummary& run_;
};

std::string random_comparison(const Random& random, uint64_t& at) {
  static const char* const kNumeric[] = {"=", "!=", "<", "<=", ">", ">="};
  const char* compare = kNumeric[random.below_at(at++, 6)];
  const auto number = std::to_string(random.below_at(at++, 4));
  switch (random.below_at(at++, 8)) {
    case 0: return "metrics.a " + std::string(compare) + " " + number;
    case 1: return "m.b " + std::string(compare) + " " + number;
    case 2: return "params.x " + std::string(compare) + " '" + number + "'";
    case 3: return "p.x " + std::string(compare) + " " + number;
    case 4: return "tags.t in ('1', '" + number + "')";
    case 5: return "name not in ('n1', 'n" + number + "')";
    case 6: return "exit_code " + std::string(compare) + " " + number;
    default: return "metrics.b is" + std::string(random.below_at(at++, 2) == 0 ? "" : " not") + " null";
  }
}

std::string random_filter(const Random& random, uint64_t& at, int depth) {
  const uint64_t kind = depth == 0 ? 0 : random.below_at(at++, 4);
  if (kind == 0) return random_comparison(random, at);
  if (kind == 1) return "not (" + random_filter(random, at, depth - 1) + ")";
  const std::string left = random_filter(random, at, depth - 1);
  return "(" + left + (kind == 2 ? " and " : " OR ") + random_filter(random, at, depth - 1) + ")";
}

void make_random_run(const store::Store& store, const Random& random, int64_t i) {
  const auto at = static_cast<uint64_t>(i) * 10;
  store::RunSpec spec = spec_of(run_id_at(i, 1));
  if (random.below_at(at, 3) > 0) spec.name = "n" + std::to_string(random.below_at(at + 1, 4));
  spec.params.clear();
  if (random.below_at(at + 2, 3) > 0) spec.params = {{"x", std::to_string(random.below_at(at + 3, 4))}};
  if (random.below_at(at + 2, 9) == 8) spec.params = {{"x", "word"}};
  std::string metrics = "a=" + std::to_string(random.below_at(at + 4, 4)) + "\n";
  if (random.below_at(at + 5, 2) == 0) metrics += "b=" + std::to_string(random.below_at(at + 6, 4)) + "\n";
  if (random.below_at(at + 5, 7) == 0) metrics += "b=nan step=9\n";
  const RunId id = finished_run(store, spec, metrics, static_cast<int>(random.below_at(at + 7, 3)));
  if (random.below_at(at + 8, 2) == 0)
    REQUIRE(set_tag(store::run_folder(store, id), "t", std::to_string(random.below_at(at + 9, 4)), {1}).ok());
}

std::string error_of(std::string_view text) {
  const auto filter = parse_filter(text);
  REQUIRE(!filter.ok());
  CHECK(filter.error().kind == ErrorKind::usage);
  return filter.error().message;
}

}  // namespace

TEST_CASE("random filters find the same runs by SQL as by walking them") {
  TestStore test;
  const Random random(7, 0);
  for (int64_t i = 0; i < 60; ++i) make_random_run(test.store, random, i);
  const auto all = list_runs(test.store, {});
  REQUIRE(all->size() == 60);
  const store::SystemProbe probe(test.store.dir());
  auto index = store::Index::open(test.store, probe, 1);
  uint64_t at = 1'000'000;
  size_t matched = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = random_filter(random, at, 3);
    CAPTURE(text);
    const auto filter = parse_filter(text);
    REQUIRE(filter.ok());
    std::vector<RunId> expected;
    for (const RunSummary& run : *all)
      if (Oracle(run).matches(*filter)) expected.push_back(run.id);
    REQUIRE(index->select(compile_filter(*filter, {})).value() == expected);
    matched += expected.size();
  }
  CHECK(matched > 10'000);  // the filters are neither all true nor all false
  CHECK(matched < 50'000);
}

TEST_CASE("not binds tighter than and, and tighter than or") {
  const Filter filter = parse_filter("not m.a = 1 and m.b = 2 or m.c = 3").value();
  REQUIRE(filter.kind == Filter::Kind::any);
  REQUIRE(filter.parts.size() == 2);
  REQUIRE(filter.parts[0].kind == Filter::Kind::all);
  CHECK(filter.parts[0].parts[0].kind == Filter::Kind::negation);
  CHECK(filter.parts[1].operand == Operand{Field::metric, "c"});
}

TEST_CASE("MLflow's own spellings are understood") {
  CHECK(parse_filter("attributes.status = 'FINISHED'")->values == std::vector<Value>{Value("finished")});
  CHECK(parse_filter("attribute.start_time >= 1664067852747")->operand.field == Field::started);
  CHECK(parse_filter("metrics.`val loss` < 0.5")->operand.key == "val loss");
  CHECK(parse_filter("metrics.\"val/loss\" < 0.5")->operand.key == "val/loss");
  CHECK(parse_filter("params.\"a\" = \"b\"")->values == std::vector<Value>{Value("b")});
  CHECK(parse_filter("tags.mlflow.source.name LIKE '%x%'")->operand.key == "mlflow.source.name");
  CHECK(parse_filter("run_id IN ('a', 'b')")->values.size() == 2);
  CHECK(parse_filter("metrics.a != -1.5e-3")->values == std::vector<Value>{Value(-1.5e-3)});
  CHECK(parse_filter("")->parts.empty());
}

TEST_CASE("times and durations become numbers") {
  CHECK(parse_filter("age < 2d")->values == std::vector<Value>{Value(172800.0)});
  CHECK(parse_filter("duration >= 90")->values == std::vector<Value>{Value(90.0)});
  CHECK(parse_filter("created > '2023-11-14'")->values == std::vector<Value>{Value(1699920000000.0)});
  CHECK(parse_filter("ended < '2023-11-14T22:13:20Z'")->values == std::vector<Value>{Value(1700000000000.0)});
}

TEST_CASE("what cannot be understood is named with its column") {
  CHECK(error_of("metrics.a >") == "filter, column 12: expected a number");
  CHECK(error_of("metrics.a 5") == "filter, column 11: expected a comparison such as = or >");
  CHECK(error_of("metrics.a = 'x'") == "filter, column 13: expected a number");
  CHECK(error_of("metrics.a > 1 metrics.b > 2") == "filter, column 15: expected 'and' or 'or'");
  CHECK(error_of("(metrics.a > 1") == "filter, column 15: expected ')'");
  CHECK(error_of("name = 5") == "filter, column 8: expected a text in quotes");
  CHECK(error_of("name = 'x") == "filter, column 8: text without a closing quote");
  CHECK(error_of("age < 2 parsecs") == "filter, column 9: expected 'and' or 'or'");
  CHECK(error_of("age < 2parsecs") == "filter, column 7: '2parsecs' is neither a number nor a duration");
  CHECK(error_of("metrics. > 1") == "filter, column 1: unknown field 'metrics.'");
  CHECK(error_of("created > 'yesterday'") ==
        "filter, column 11: 'yesterday' is no time, write '2026-11-22' or RFC 3339");
  CHECK(error_of("m.a = 1;") == "filter, column 8: unexpected ';'");
  CHECK(error_of("not") == "filter, column 4: expected something like metrics.NAME or state");
  CHECK(error_of("p.a in ()") == "filter, column 9: expected a number or a text in quotes");
  CHECK(error_of("p.a like 3") == "filter, column 10: a pattern is a text in quotes");
  CHECK(error_of("p.a not = 3") == "filter, column 9: expected 'in' or 'like'");
  CHECK(parse_filter("stat = 'x'").error().hint == "did you mean 'state'?");
}

TEST_CASE("a filter may not be nested without end") {
  CHECK(error_of(std::string(100'000, '(')).ends_with("nested deeper than 64 levels"));
  std::string many = "not ";
  for (int i = 0; i < 12; ++i) many += many;
  CHECK(error_of(many).ends_with("nested deeper than 64 levels"));
}

TEST_CASE("LIKE minds case and has no other wildcards than its own") {
  TestStore test;
  store::RunSpec spec = spec_of(run_id_at(0, 1));
  spec.name = "Night*run[1]";
  const RunId id = finished_run(test.store, spec, "", 0);
  const auto finds = [&](const std::string& filter) {
    const auto runs = list_runs(test.store, {.filter = filter});
    REQUIRE(runs.ok());
    return runs->size() == 1 && runs->front().id == id;
  };
  CHECK(finds("name like 'Night%'"));
  CHECK(finds("name like 'Night*run[1]'"));
  CHECK(finds("name like '_ight_run_1_'"));
  CHECK(!finds("name like 'night%'"));
  CHECK(finds("name ilike 'NIGHT%'"));
  CHECK(!finds("name like 'Night*'"));
  CHECK(finds("name = 'Night*run[1]'"));
  CHECK(!finds("name = 'x'' OR ''1''=''1'"));
}

TEST_CASE("orders are read with their directions") {
  const auto keys = parse_order("metrics.loss, created DESC, name asc");
  REQUIRE(keys.ok());
  REQUIRE(keys->size() == 3);
  CHECK((*keys)[0].operand == Operand{Field::metric, "loss"});
  CHECK(!(*keys)[0].is_descending);
  CHECK((*keys)[1].is_descending);
  CHECK(parse_order("metrics.loss upward").error().message == "filter, column 14: expected 'asc', 'desc' or ','");
  CHECK(parse_order("")->empty());
}
