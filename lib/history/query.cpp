#include "history/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "history/filter.h"
#include "os/machine.h"
#include "os/parallel.h"
#include "store/index.h"
#include "text/numbers.h"
#include "text/suggest.h"

namespace aml::history {
namespace {

constexpr size_t kShortDigits = 8;
constexpr size_t kTypedDigitsMin = 4;
constexpr size_t kCandidatesMax = 5;
constexpr int64_t kCompletedRunsMax = 50;
constexpr size_t kReadAlone = 16;  // fewer runs than this are read by one thread

using store::RunState;
using store::RunSummary;
using store::Selection;
using store::SqlValue;

void add_condition(Selection& selection, const std::string& sql, SqlValue value) {
  selection.where += " AND " + sql;
  selection.values.push_back(std::move(value));
}

std::vector<std::string> state_names() {
  std::vector<std::string> names = {"alive", "ended"};
  for (int i = 0; i <= static_cast<int>(RunState::silent); ++i) names.emplace_back(name_of(static_cast<RunState>(i)));
  return names;
}

// "alive" and "ended" stand for all such states.
Status add_states(Selection& selection, const std::vector<std::string>& names) {
  if (names.empty()) return {};
  std::string list;
  for (const std::string& name : names) {
    const auto exact = store::parse_state(name);
    if (!exact && name != "alive" && name != "ended")
      return Error{ErrorKind::usage, fmt::format("unknown state '{}'", name),
                   text::suggestion_hint(name, state_names())};
    for (int i = 0; i <= static_cast<int>(RunState::silent); ++i) {
      const auto state = static_cast<RunState>(i);
      if (exact ? *exact != state : is_alive(state) != (name == "alive")) continue;
      list += list.empty() ? "?" : ", ?";
      selection.values.emplace_back(std::string(name_of(state)));
    }
  }
  selection.where += fmt::format(" AND runs.state IN ({})", list);
  return {};
}

Result<Instant> parse_since(const std::string& text, Instant now) {
  if (const auto age_ns = parse_duration_ns(text)) return Instant{now.unix_ns - *age_ns};
  auto instant = parse_rfc3339(text);
  if (!instant) instant = parse_rfc3339(text + "T00:00:00Z");
  if (instant) return *instant;
  return Error{ErrorKind::usage, fmt::format("'{}' is neither a time nor an age", text),
               "write 2026-11-22, 2026-11-22T15:00:00Z, or an age such as 2d or 12h"};
}

Result<Selection> compile_query(const RunQuery& query, Instant now) {
  const Filter filter = TRY(parse_filter(query.filter.value_or("")));
  Selection selection = compile_filter(filter, now);
  if (query.limit && *query.limit < 0) return Error{ErrorKind::usage, "the limit is negative", "use 0 or more"};
  selection.limit = query.limit.value_or(-1);
  TRY(add_states(selection, query.states));
  if (query.kind) add_condition(selection, "runs.kind = ?", *query.kind);
  if (query.name) add_condition(selection, "runs.name = ?", *query.name);
  if (query.since)
    add_condition(selection, "runs.created >= ?", TRY(parse_since(*query.since, now)).unix_ns / 1'000'000);
  compile_order(TRY(parse_order(query.order_by.value_or(""))), now, selection);
  return selection;
}

// In the order of `ids`, without those that have gone since the index was read.
std::vector<RunSummary> read_runs(const store::Store& store, const std::vector<RunId>& ids,
                                  const store::LivenessProbe& probe) {
  std::vector<std::optional<RunSummary>> read(ids.size());
  const unsigned threads = ids.size() < kReadAlone ? 1 : os::core_count();
  os::parallel_for(ids.size(), threads, [&](size_t i) {
    auto run = store::read_run(store, ids[i], probe);
    if (run.ok()) read[i] = std::move(run).value();
  });
  std::vector<RunSummary> runs;
  for (auto& run : read)
    if (run) runs.push_back(std::move(*run));
  return runs;
}

// One question, with everything it needs opened.
class Question {
 public:
  static Result<std::unique_ptr<Question>> open(const store::Store& store) {
    auto question = std::unique_ptr<Question>(new Question(store));
    question->index_.emplace(TRY(store::Index::open(store, question->probe_, os::core_count())));
    return question;
  }

  Instant now() const { return probe_.now(); }
  store::Index& index() { return *index_; }
  Result<std::vector<RunSummary>> runs(const Selection& selection) {
    return read_runs(store_, TRY(index_->select(selection)), probe_);
  }

 private:
  explicit Question(const store::Store& store) : store_(store), probe_(store.dir()) {}
  store::Store store_;
  store::SystemProbe probe_;  // outlives the index
  std::optional<store::Index> index_;
};

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<RunId> newest_nth(store::Index& index, int64_t n) {
  Selection selection;
  selection.limit = n;
  auto ids = TRY(index.select(selection));
  if (n < 1 || ids.size() < static_cast<size_t>(n))
    return Error{ErrorKind::not_found, fmt::format("there is no run @{}", n),
                 n < 1 ? "@1 is the newest run" : fmt::format("the store has {} runs", ids.size())};
  return ids.back();
}

Result<std::vector<RunId>> named(store::Index& index, std::string_view name) {
  Selection selection;
  selection.limit = 1;
  add_condition(selection, "runs.name = ?", std::string(name));
  return index.select(selection);
}

// Runs whose id begins or ends with `digits`.
Result<std::vector<RunId>> with_digits(store::Index& index, std::string_view digits) {
  Selection selection;
  const auto count = static_cast<int64_t>(digits.size());
  selection.where = "(substr(runs.id, 1, ?) = ? OR substr(runs.id, ?) = ?)";
  selection.values = {count, std::string(digits), -count, std::string(digits)};
  return index.select(selection);
}

Error no_run(std::string_view text) {
  return Error{ErrorKind::not_found, fmt::format("no run '{}'", text), "amlhist ls lists the runs there are"};
}

Error several_runs(std::string_view text, const std::vector<RunId>& ids) {
  std::string list;
  for (size_t i = 0; i < std::min(ids.size(), kCandidatesMax); ++i) list += (i == 0 ? "" : ", ") + ids[i].text();
  if (ids.size() > kCandidatesMax) list += fmt::format(" and {} more", ids.size() - kCandidatesMax);
  return Error{ErrorKind::conflict, fmt::format("'{}' fits {} runs", text, ids.size()), "one of: " + list};
}

}  // namespace

Result<std::vector<RunSummary>> list_runs(const store::Store& store, const RunQuery& query) {
  const auto question = TRY(Question::open(store));
  return question->runs(TRY(compile_query(query, question->now())));
}

Result<RunId> resolve_run(const store::Store& store, std::string_view text) {
  if (const auto id = RunId::parse(text)) {
    if (!os::is_a_directory(store.run_dir(*id))) return no_run(text);
    return *id;
  }
  const auto question = TRY(Question::open(store));
  const bool is_marked = text.starts_with('@');
  const std::string_view rest = is_marked ? text.substr(1) : text;
  if (is_marked)
    if (const auto n = text::parse_int(rest)) return newest_nth(question->index(), *n);
  auto ids = TRY(named(question->index(), rest));
  if (!is_marked && rest.size() >= kTypedDigitsMin && is_digits(rest)) {
    const auto same_digits = TRY(with_digits(question->index(), rest));
    for (const RunId& id : same_digits)
      if (ids.empty() || ids.front() != id) ids.push_back(id);
  }
  if (ids.empty() || rest.empty()) return no_run(text);
  if (ids.size() > 1) return several_runs(text, ids);
  return ids.front();
}

std::string short_id(const RunId& id) { return id.text().substr(id.text().size() - kShortDigits); }

std::vector<std::string> complete_run(const store::Store& store, std::string_view prefix) {
  std::vector<std::string> words = {"@1"};
  auto runs = list_runs(store, {.limit = kCompletedRunsMax});
  if (!runs.ok()) return {};
  for (const RunSummary& run : *runs) {
    words.push_back(short_id(run.id));
    words.push_back(run.spec.name);
    words.push_back("@" + run.spec.name);
    words.push_back(run.id.text());
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  // A full id is offered only to those who have begun one; the short one is what lists show.
  std::erase_if(words, [&](const std::string& word) {
    return word.empty() || word == "@" || !word.starts_with(prefix) || (prefix.empty() && word.size() == 32);
  });
  return words;
}

Result<RunSummary> find_run(const store::Store& store, const RunId& id) {
  return store::read_run(store, id, store::SystemProbe(store.dir()));
}

Result<RunSummary> best_run(const store::Store& store, const BestQuery& query) {
  const auto question = TRY(Question::open(store));
  Selection selection = TRY(compile_query(query.among, question->now()));
  add_condition(selection,
                "EXISTS(SELECT 1 FROM metrics f WHERE f.n = runs.n AND f.last IS NOT NULL AND "
                "f.k = (SELECT k FROM keys WHERE key = ?))",
                query.metric);
  selection.order_values.clear();
  compile_order({{Operand{Field::metric, query.metric}, query.goal == Goal::max}}, question->now(), selection);
  selection.limit = 1;
  auto runs = TRY(question->runs(selection));
  if (!runs.empty()) return std::move(runs.front());
  const auto keys = TRY(question->index().metric_keys());
  return Error{ErrorKind::not_found, fmt::format("no matching run has metric '{}'", query.metric),
               keys.empty() ? "no run has logged a metric yet" : text::suggestion_hint(query.metric, keys)};
}

Goal default_goal(std::string_view metric) {
  static constexpr std::array<std::string_view, 9> kLessIsBetter = {"loss", "error", "err",        "rmse", "mae",
                                                                    "mse",  "mape",  "perplexity", "brier"};
  // "valid.log_loss" and "loss/train" are made of words; "glossary" is not about loss.
  size_t start = 0;
  while (start <= metric.size()) {
    const size_t end = std::min(metric.find_first_of("._-/: ", start), metric.size());
    const std::string_view word = metric.substr(start, end - start);
    if (std::find(kLessIsBetter.begin(), kLessIsBetter.end(), word) != kLessIsBetter.end()) return Goal::min;
    start = end + 1;
  }
  return Goal::max;
}

}  // namespace aml::history
