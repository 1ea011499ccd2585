#include "store/index.h"

#include <fmt/format.h>
#include <unistd.h>

#include <limits>
#include <set>
#include <unordered_map>

#include "os/parallel.h"
#include "store/database.h"
#include "store/run_record.h"
#include "store/staging.h"
#include "text/numbers.h"

namespace aml::store {
namespace {

constexpr int64_t kSchemaVersion = 1;
// A folder may change again within one tick of its clock without its mtime changing; this is longer than any tick.
constexpr int64_t kRacyNs = 2'000'000'000;

constexpr const char* kSchema = R"(
CREATE TABLE store(uuid TEXT NOT NULL);
CREATE TABLE days(day TEXT PRIMARY KEY, mtime_ns INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE runs(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day TEXT NOT NULL, state TEXT NOT NULL,
  settled INTEGER NOT NULL, tags_stamp INTEGER NOT NULL, created INTEGER, started INTEGER, ended INTEGER,
  name TEXT, kind TEXT, host TEXT, user TEXT, target TEXT, argv TEXT, git TEXT, snapshot TEXT, parent TEXT,
  exit_code INTEGER);
CREATE INDEX runs_day ON runs(day);
CREATE INDEX runs_name ON runs(name);
CREATE INDEX runs_unsettled ON runs(settled) WHERE settled < 2;
CREATE TABLE keys(k INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE params(n INTEGER, k INTEGER, v TEXT, number REAL, PRIMARY KEY(n, k)) WITHOUT ROWID;
CREATE TABLE tags(n INTEGER, k INTEGER, v TEXT, number REAL, PRIMARY KEY(n, k)) WITHOUT ROWID;
CREATE TABLE metrics(n INTEGER, k INTEGER, last REAL, first REAL, min REAL, max REAL, mean REAL, count INTEGER,
  nan_count INTEGER, step INTEGER, PRIMARY KEY(n, k)) WITHOUT ROWID;
CREATE INDEX metrics_last ON metrics(k, last);
CREATE TABLE inputs(n INTEGER, i INTEGER, name TEXT, path TEXT, digest TEXT, PRIMARY KEY(n, i)) WITHOUT ROWID;
)";

// How sure it is that a run will not change: 0 read it again each time, 1 recorded as lost, so only an exit record can
// change it, 2 it has a result, so only its tags can.
enum Settled : int64_t { kOpen = 0, kLost = 1, kOver = 2 };

int64_t stamp_of(const Path& path) {
  const auto info = os::stat_file(path);
  if (!info.ok()) return 0;
  return info->st_mtim.tv_sec * 1'000'000'000 + info->st_mtim.tv_nsec + info->st_size;
}

int64_t mtime_ns_of(const Path& path) {
  const auto info = os::stat_file(path);
  return info.ok() ? info->st_mtim.tv_sec * 1'000'000'000 + info->st_mtim.tv_nsec : 0;
}

int64_t unix_ms(Instant instant) { return instant.unix_ns / 1'000'000; }

std::optional<int64_t> unix_ms(const std::optional<Instant>& instant) {
  if (!instant) return std::nullopt;
  return unix_ms(*instant);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// Whether write-ahead logging works where `path` lies: some filesystems accept the pragma and fail the first write.
bool can_write_ahead(const Path& path) {
  Path probe = path;
  probe.replace_filename(staging_name("index-test"));
  const auto works = [&]() -> Status {
    Database database = TRY(Database::open(probe));
    return database.execute("PRAGMA journal_mode=WAL; CREATE TABLE t(x); INSERT INTO t VALUES(1); DROP TABLE t");
  }();
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) unlink((probe.native() + suffix).c_str());
  return works.ok();
}

void discard(const Path& path) {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) unlink((path.native() + suffix).c_str());
}

struct ReadRun {
  RunId id;
  int64_t tags_stamp = 0;
  int64_t settled = kOpen;
  std::optional<RunSummary> summary;  // nothing when the run has gone meanwhile
};

}  // namespace

class Index::Tables {
 public:
  Tables(const Store& store, const LivenessProbe& probe, unsigned threads)
      : store_(store), probe_(&probe), threads_(threads) {}

  // From the file if there is one to trust, else built anew, else in memory: only that last resort may fail.
  Status open() {
    const auto path = index_path(store_);
    for (int attempt = 0; path && attempt < 2; ++attempt) {
      auto opened = open_file(*path);
      if (opened.ok()) opened = refresh();
      if (opened.ok()) return {};
      database_.reset();
      // A file that is busy, or lies where we may not write, is no worse for it.
      if (opened.error().kind != ErrorKind::bad_data) break;
      discard(*path);
    }
    return open_in_memory();
  }

  Status open_in_memory() {
    path_.reset();
    keys_.clear();
    database_ = std::make_unique<Database>(TRY(Database::open_in_memory()));
    TRY(create_tables());
    return refresh();
  }

  Result<std::vector<RunId>> select(const Selection& selection) {
    Statement statement = TRY(database_->prepare(
        fmt::format("SELECT runs.id FROM runs WHERE {} ORDER BY {} LIMIT ?", selection.where, selection.order_by)));
    for (const SqlValue& value : selection.values) statement.bind(value);
    for (const SqlValue& value : selection.order_values) statement.bind(value);
    statement.bind(selection.limit);
    std::vector<RunId> ids;
    while (TRY(statement.step()))
      if (auto id = RunId::parse(statement.text(0))) ids.push_back(std::move(*id));
    return ids;
  }

  Result<std::vector<std::string>> metric_keys() {
    Statement statement = TRY(database_->prepare(
        "SELECT key FROM keys WHERE EXISTS(SELECT 1 FROM metrics WHERE metrics.k = keys.k) ORDER BY key"));
    std::vector<std::string> keys;
    while (TRY(statement.step())) keys.push_back(statement.text(0));
    return keys;
  }

  // Whether the file is whole; asked when a question failed.
  bool is_sound() {
    auto check = database_->prepare("PRAGMA quick_check(1)");
    if (!check.ok()) return false;
    const auto row = check->step();
    return row.ok() && *row && check->text(0) == "ok";
  }

  bool is_in_memory() const { return !path_.has_value(); }
  const std::optional<Path>& path() const { return path_; }

 private:
  Status open_file(const Path& path) {
    path_ = path;
    keys_.clear();
    TRY(os::make_directories(path.parent_path(), kFolderMode));
    const bool is_new = !os::path_exists(path);
    const bool write_ahead = is_new && can_write_ahead(path);
    database_ = std::make_unique<Database>(TRY(Database::open(path)));
    TRY(database_->execute("PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY"));
    if (write_ahead) TRY(database_->execute("PRAGMA journal_mode=WAL"));
    if (TRY(database_->integer("PRAGMA user_version")) == 0) TRY(create_tables());
    return check_identity();
  }

  Status create_tables() {
    TRY(database_->execute("BEGIN IMMEDIATE"));
    // Somebody else may have been first while we waited for the lock.
    if (TRY(database_->integer("PRAGMA user_version")) != 0) return database_->execute("COMMIT");
    TRY(database_->execute(kSchema));
    Statement statement = TRY(database_->prepare("INSERT INTO store VALUES(?)"));
    TRY(statement.bind(std::string_view(store_.uuid())).run());
    TRY(database_->execute(fmt::format("PRAGMA user_version={}", kSchemaVersion)));
    return database_->execute("COMMIT");
  }

  Status check_identity() {
    const Error doubt{ErrorKind::bad_data, "the index is of another version or store"};
    if (TRY(database_->integer("PRAGMA user_version")) != kSchemaVersion) return doubt;
    Statement statement = TRY(database_->prepare("SELECT uuid FROM store"));
    if (!TRY(statement.step()) || statement.text(0) != store_.uuid()) return doubt;
    return {};
  }

  struct Plan {
    std::vector<RunId> to_read;
    std::vector<std::string> to_forget;  // ids
    std::vector<std::pair<std::string, int64_t>> days;
    std::vector<std::string> days_gone;
    bool is_empty() const { return to_read.empty() && to_forget.empty() && days.empty() && days_gone.empty(); }
  };

  Status refresh() {
    const Plan plan = TRY(make_plan());
    if (plan.is_empty()) return {};
    const std::vector<ReadRun> runs = read_runs(plan.to_read);
    TRY(database_->execute("BEGIN IMMEDIATE"));
    TRY(load_keys());
    TRY(write_plan(plan, runs));
    return database_->execute("COMMIT");
  }

  Result<Plan> make_plan() {
    Plan plan;
    std::set<RunId> to_read;
    TRY(plan_days(plan, to_read));
    TRY(plan_unsettled(plan, to_read));
    plan.to_read.assign(to_read.begin(), to_read.end());
    return plan;
  }

  // A day whose folder did not change has the runs it had.
  Status plan_days(Plan& plan, std::set<RunId>& to_read) {
    std::map<std::string, int64_t> known;
    Statement statement = TRY(database_->prepare("SELECT day, mtime_ns FROM days"));
    while (TRY(statement.step())) known.emplace(statement.text(0), statement.integer(1));
    for (const std::string& day : list_days(store_)) {
      const int64_t mtime_ns = mtime_ns_of(store_.runs_dir() / day);
      const auto found = known.find(day);
      const bool is_same = found != known.end() && found->second == mtime_ns;
      if (found != known.end()) known.erase(found);
      if (is_same) continue;
      TRY(plan_day(day, plan, to_read));
      const bool is_racy = probe_->now().unix_ns - mtime_ns < kRacyNs;
      plan.days.emplace_back(day, is_racy ? 0 : mtime_ns);
    }
    for (const auto& [day, mtime_ns] : known) plan.days_gone.push_back(day);
    return {};
  }

  Status plan_day(const std::string& day, Plan& plan, std::set<RunId>& to_read) {
    std::map<std::string, int64_t> known;
    Statement statement = TRY(database_->prepare("SELECT id, tags_stamp FROM runs WHERE day = ?"));
    statement.bind(std::string_view(day));
    while (TRY(statement.step())) known.emplace(statement.text(0), statement.integer(1));
    for (RunId& id : list_run_ids(store_, day)) {
      const auto found = known.find(id.text());
      const bool is_known = found != known.end();
      const int64_t old_stamp = is_known ? found->second : 0;
      if (is_known) known.erase(found);
      if (!is_known || stamp_of(run_folder(store_, id).tags()) != old_stamp) to_read.insert(std::move(id));
    }
    for (const auto& [id, stamp] : known) plan.to_forget.push_back(id);
    return {};
  }

  Status plan_unsettled(Plan& plan, std::set<RunId>& to_read) {
    Statement statement = TRY(database_->prepare("SELECT id, settled FROM runs WHERE settled < 2"));
    while (TRY(statement.step())) {
      auto id = RunId::parse(statement.text(0));
      if (!id) return Error{ErrorKind::bad_data, "the index holds an id that is none"};
      const RunFolder folder = run_folder(store_, *id);
      if (!os::is_a_directory(folder.dir())) plan.to_forget.push_back(id->text());
      else if (statement.integer(1) == kOpen || os::path_exists(folder.exit())) to_read.insert(std::move(*id));
    }
    return {};
  }

  std::vector<ReadRun> read_runs(const std::vector<RunId>& ids) const {
    std::vector<ReadRun> runs(ids.size());
    os::parallel_for(ids.size(), threads_, [&](size_t i) { runs[i] = read_one(ids[i]); });
    return runs;
  }

  ReadRun read_one(const RunId& id) const {
    ReadRun run;
    run.id = id;
    const RunFolder folder = run_folder(store_, id);
    run.tags_stamp = stamp_of(folder.tags());  // before the tags, so that a later change is seen next time
    auto summary = read_run(store_, id, *probe_);
    if (!summary.ok()) return run;
    run.summary = std::move(summary).value();
    if (is_terminal(run.summary->state) && !run.summary->needs_finalizing && os::path_exists(folder.result()))
      run.settled = kOver;
    else if (run.summary->state == RunState::lost && read_journal(folder.journal()).value().state() == RunState::lost)
      run.settled = kLost;
    return run;
  }

  Status load_keys() {
    keys_.clear();
    Statement statement = TRY(database_->prepare("SELECT k, key FROM keys"));
    while (TRY(statement.step())) keys_.emplace(statement.text(1), statement.integer(0));
    return {};
  }

  Result<int64_t> key_number(const std::string& key) {
    const auto found = keys_.find(key);
    if (found != keys_.end()) return found->second;
    Statement statement = TRY(database_->prepare("INSERT INTO keys(key) VALUES(?)"));
    TRY(statement.bind(std::string_view(key)).run());
    return keys_[key] = database_->last_row_id();
  }

  struct Writers {
    Statement forget_params, forget_tags, forget_metrics, forget_inputs, forget_run;
    Statement run, param, tag, metric, input;
  };

  Result<Writers> prepare_writers() {
    Writers w;
    static constexpr const char* kOfRun = "DELETE FROM {} WHERE n = (SELECT n FROM runs WHERE id = ?)";
    w.forget_params = TRY(database_->prepare(fmt::format(fmt::runtime(kOfRun), "params")));
    w.forget_tags = TRY(database_->prepare(fmt::format(fmt::runtime(kOfRun), "tags")));
    w.forget_metrics = TRY(database_->prepare(fmt::format(fmt::runtime(kOfRun), "metrics")));
    w.forget_inputs = TRY(database_->prepare(fmt::format(fmt::runtime(kOfRun), "inputs")));
    w.forget_run = TRY(database_->prepare("DELETE FROM runs WHERE id = ?"));
    w.run = TRY(database_->prepare("INSERT INTO runs VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
    w.param = TRY(database_->prepare("INSERT OR IGNORE INTO params VALUES(?,?,?,?)"));
    w.tag = TRY(database_->prepare("INSERT OR IGNORE INTO tags VALUES(?,?,?,?)"));
    w.metric = TRY(database_->prepare("INSERT INTO metrics VALUES(?,?,?,?,?,?,?,?,?,?)"));
    w.input = TRY(database_->prepare("INSERT INTO inputs VALUES(?,?,?,?,?)"));
    return w;
  }

  Status write_plan(const Plan& plan, const std::vector<ReadRun>& runs) {
    Writers writers = TRY(prepare_writers());
    for (const std::string& id : plan.to_forget) TRY(forget(writers, id));
    for (const std::string& day : plan.days_gone) TRY(forget_day(writers, day));
    for (const ReadRun& run : runs) {
      TRY(forget(writers, run.id.text()));
      if (run.summary) TRY(write_run(writers, run));
    }
    Statement day_writer = TRY(database_->prepare("INSERT OR REPLACE INTO days VALUES(?,?)"));
    for (const auto& [day, mtime_ns] : plan.days) TRY(day_writer.bind(std::string_view(day)).bind(mtime_ns).run());
    return {};
  }

  static Status forget(Writers& w, std::string_view id) {
    for (Statement* statement : {&w.forget_params, &w.forget_tags, &w.forget_metrics, &w.forget_inputs, &w.forget_run})
      TRY(statement->bind(id).run());
    return {};
  }

  Status forget_day(Writers& writers, const std::string& day) {
    std::vector<std::string> ids;
    Statement of_day = TRY(database_->prepare("SELECT id FROM runs WHERE day = ?"));
    of_day.bind(std::string_view(day));
    while (TRY(of_day.step())) ids.push_back(of_day.text(0));
    for (const std::string& id : ids) TRY(forget(writers, id));
    Statement statement = TRY(database_->prepare("DELETE FROM days WHERE day = ?"));
    return statement.bind(std::string_view(day)).run();
  }

  Status write_run(Writers& w, const ReadRun& read) {
    const RunSummary& run = *read.summary;
    const RunSpec& spec = run.spec;
    w.run.bind(std::string_view(run.id.text())).bind(std::string_view(format_date(run.id.created())));
    w.run.bind(std::string_view(name_of(run.state))).bind(read.settled).bind(read.tags_stamp);
    w.run.bind(unix_ms(spec.created)).bind(unix_ms(run.started)).bind(unix_ms(run.ended));
    for (const std::string* text : {&spec.name, &spec.kind, &spec.host, &spec.user, &spec.target})
      w.run.bind(std::string_view(*text));
    w.run.bind(std::string_view(joined(spec.argv)));
    w.run.bind(std::string_view(spec.git ? spec.git->commit : std::string()));
    w.run.bind(std::string_view(spec.snapshot ? spec.snapshot->text() : std::string()));
    w.run.bind(std::string_view(spec.parent ? spec.parent->text() : std::string()));
    TRY(w.run.bind(run.exit_code ? std::optional<int64_t>(*run.exit_code) : std::nullopt).run());
    return write_facts(w, run, database_->last_row_id());
  }

  Status write_text(Statement& statement, int64_t n, const std::string& key, const std::string& value) {
    // NaN becomes NULL: a text that is no number has none.
    const double number = text::parse_double(value).value_or(std::numeric_limits<double>::quiet_NaN());
    return statement.bind(n).bind(TRY(key_number(key))).bind(std::string_view(value)).bind(number).run();
  }

  Status write_facts(Writers& w, const RunSummary& run, int64_t n) {
    for (const auto& [key, value] : run.params) TRY(write_text(w.param, n, key, value));
    for (const auto& [key, value] : run.tags) TRY(write_text(w.tag, n, key, value));
    for (const auto& [key, m] : run.metrics) {
      w.metric.bind(n).bind(TRY(key_number(key))).bind(m.last).bind(m.first).bind(m.min).bind(m.max).bind(m.mean);
      w.metric.bind(static_cast<int64_t>(m.count)).bind(static_cast<int64_t>(m.nan_count));
      TRY(w.metric.bind(m.step).run());
    }
    int64_t i = 0;
    for (const InputRecord& input : run.spec.inputs) {
      w.input.bind(n).bind(i++).bind(std::string_view(input.name)).bind(std::string_view(input.path));
      TRY(w.input.bind(std::string_view(input.digest.text())).run());
    }
    return {};
  }

  Store store_;
  const LivenessProbe* probe_;
  unsigned threads_;
  std::optional<Path> path_;  // nothing: in memory
  std::unique_ptr<Database> database_;
  std::unordered_map<std::string, int64_t> keys_;
};

Index::Index(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

Result<Index> Index::open(const Store& store, const LivenessProbe& probe, unsigned threads) {
  auto tables = std::make_unique<Tables>(store, probe, threads);
  TRY(tables->open());
  return Index(std::move(tables));
}

Result<std::vector<RunId>> Index::select(const Selection& selection) {
  auto ids = tables_->select(selection);
  if (ids.ok() || tables_->is_in_memory()) return ids;
  // Damaged under our feet: answer from memory, and let the next opening build the file again.
  if (!tables_->is_sound()) discard(*tables_->path());
  TRY(tables_->open_in_memory());
  return tables_->select(selection);
}

Result<std::vector<std::string>> Index::metric_keys() { return tables_->metric_keys(); }

bool Index::is_in_memory() const { return tables_->is_in_memory(); }

}  // namespace aml::store
