// The filter language, a superset of MLflow's search expressions:
//
//   metrics.accuracy > 0.9 and (params.learner = 'fast_trees' or not tags.team in ('a', 'b'))
//   state = 'finished' and age < 2d and name like 'night%'
//
//   expression  = and-terms joined by "or";  and-terms = terms joined by "and";  term = ["not"] comparison | "(" … ")"
//   comparison  = operand ("=" "==" "!=" "<>" "<" "<=" ">" ">=" ["not"] "like" "ilike") value
//               | operand ["not"] "in" "(" value {"," value} ")"  |  operand "is" ["not"] "null"
//   operand     = metrics.KEY m.KEY | params.KEY p.KEY | tags.KEY t.KEY | [attributes.]FIELD
//   FIELD       = id name kind state host user target argv git snapshot parent exit_code created started ended
//                 duration age, and MLflow's run_id run_name status user_id start_time end_time
//   value       = number | 'text' | "text" | duration (30s 5m 2h 7d)
//
// Keys with other characters stand in `backquotes` or "double quotes". Words are understood in either case. A
// comparison with something a run does not have, or that is NaN, is false. Times are RFC 3339 texts, dates, or
// numbers of unix milliseconds; durations are seconds when bare numbers. A param or tag is compared as a number
// when the value is one. LIKE knows % and _ and minds case, ILIKE does not.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "store/index.h"

namespace aml::history {

enum class Field : uint8_t {
  metric,
  param,
  tag,
  id,
  name,
  kind,
  state,
  host,
  user,
  target,
  argv,
  git,
  snapshot,
  parent,
  exit_code,
  created,
  started,
  ended,
  duration,
  age,  // numbers: times in ms, spans in seconds
};

enum class Compare : uint8_t { equal, not_equal, less, less_equal, greater, greater_equal, like, ilike, in, is_null };

struct Operand {
  Field field = Field::id;
  std::string key = {};  // of a metric, param or tag
  bool operator==(const Operand&) const = default;
};

using Value = std::variant<double, std::string>;

struct Filter {
  enum class Kind : uint8_t { all, any, negation, comparison };
  Kind kind = Kind::all;
  std::vector<Filter> parts = {};  // of all, any, negation (one)
  Operand operand = {};
  Compare compare = Compare::equal;
  std::vector<Value> values = {};  // one, or several for in, or none for is_null
};

// A usage error with the column when it cannot be understood. "" matches everything.
Result<Filter> parse_filter(std::string_view text);

// "metrics.loss", "created desc, name": what to sort by.
struct OrderKey {
  Operand operand;
  bool is_descending = false;
};
Result<std::vector<OrderKey>> parse_order(std::string_view text);

// As a question to the index. Ages are counted from `now`.
store::Selection compile_filter(const Filter& filter, Instant now);
void compile_order(const std::vector<OrderKey>& keys, Instant now, store::Selection& selection);

}  // namespace aml::history
