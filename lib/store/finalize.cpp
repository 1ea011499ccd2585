#include "store/finalize.h"

#include <fcntl.h>
#include <fmt/format.h>

#include "os/atomic_file.h"
#include "store/blobs.h"
#include "store/outputs.h"
#include "store/params.h"
#include "store/run_record.h"
#include "store/staging.h"

namespace aml::store {
namespace {

Error has_no_exit(const RunId& id) {
  return Error{ErrorKind::conflict, fmt::format("run '{}' has no exit record", id.text()),
               "amlhist show tells whether it is still running"};
}

Result<std::vector<std::string>> list_metrics(const RunFolder& folder) {
  std::vector<std::string> names;
  if (!os::is_a_directory(folder.metrics_dir())) return names;
  for (const std::string& name : TRY(os::list_directory(folder.metrics_dir()))) names.push_back("metrics/" + name);
  return names;
}

// Everything that no longer changes. Not tags.log, which people edit later, nor locks and the heartbeat.
Result<std::map<std::string, Digest>> digest_files(const RunFolder& folder) {
  std::vector<std::string> names = TRY(list_metrics(folder));
  names.insert(names.end(),
               {"spec.json", "journal", "params.tsv", "out.log", "err.log", "outputs.mf", "env.lock", "exit"});
  std::map<std::string, Digest> digests;
  for (const std::string& name : names) {
    auto digest = digest_file(folder.dir() / name);
    if (digest.ok()) digests.emplace(name, *digest);
    else if (digest.error().kind != ErrorKind::not_found) return std::move(digest).error();
  }
  return digests;
}

Status sync_metrics(const RunFolder& folder) {
  for (const std::string& name : TRY(list_metrics(folder))) {
    const os::UniqueFd fd = TRY(os::open_file(folder.dir() / name, O_RDONLY));
    TRY(os::sync_file(fd.get(), name));
  }
  return {};
}

void note(std::vector<std::string>& problems, std::string_view what, size_t count, std::string_view of_what) {
  if (count > 0) problems.push_back(fmt::format("{}: {} {}{}", what, count, of_what, count == 1 ? "" : "s"));
}

// What the payload left behind, gathered and made durable.
Status collect(const Store& store, const RunFolder& folder, RunResult& result) {
  const CollectedOutputs outputs = TRY(collect_outputs(store, folder));
  if (outputs.record.files > 0) result.outputs = outputs.record;
  note(result.problems, "outputs", outputs.skipped_entries, "special file");
  TRY(sync_metrics(folder));
  auto metrics = TRY(summarize_metrics_dir(folder.metrics_dir()));
  result.metrics = std::move(metrics.summaries);
  note(result.problems, "metrics", metrics.skipped_lines, "malformed line");
  auto late = TRY(read_params(folder));
  result.late_params = std::move(late.params);
  note(result.problems, "params.tsv", late.skipped_lines, "malformed line");
  for (const std::string& key : late.conflicts)
    result.problems.push_back(fmt::format("params.tsv: '{}' was given another value later, the first counts", key));
  return {};
}

Status write_result(const RunFolder& folder, const RunResult& result) {
  return os::write_file_atomically(folder.result(), to_json(result).dump() + "\n", os::Overwrite::yes, kFileMode);
}

// A damaged result or exit is as good as none.
template <class T>
std::optional<T> if_valid(Result<std::optional<T>> read) {
  return read.ok() ? std::move(read).value() : std::nullopt;
}

Result<Reconciled> reconcile_run(const Store& store, const RunSummary& run, const Clock& clock) {
  Reconciled done{run.id, run.state, run.state, run.reason};
  if (run.needs_finalizing) {
    done.after = TRY(finalize_run(store, run.id, clock)).state;
    return done;
  }
  const RunFolder folder = run_folder(store, run.id);
  auto lock = TRY(take_run_lock(folder));
  if (!lock) return done;
  JournalWriter journal = TRY(JournalWriter::open(folder.journal(), run.spec.boot_id));
  if (journal.state() != RunState::lost)
    TRY(journal.append(RunState::lost, clock.now(), {{"reason", run.reason}}, Durable::yes));
  return done;
}

bool is_lost_on_record(const Store& store, const RunId& id) {
  const auto journal = read_journal(run_folder(store, id).journal());
  return journal.ok() && journal->state() == RunState::lost;
}

}  // namespace

Result<RunResult> finalize_run(const Store& store, const RunFolder& folder, JournalWriter& journal,
                               const Clock& clock) {
  TRY(store.check_writable());
  if (auto done = if_valid(read_run_result(folder))) return std::move(*done);
  auto exit = TRY(read_exit_record(folder));
  if (!exit) return has_no_exit(folder.id());
  release_reserve(folder);  // all that is still to be written is what it was set aside for
  RunResult result;
  result.exit = std::move(*exit);
  result.state = final_state(result.exit);
  if (journal.state() != RunState::finalizing && !is_terminal(journal.state()))
    TRY(journal.append(RunState::finalizing, clock.now(), {}, Durable::no));
  TRY(collect(store, folder, result));
  if (!is_terminal(journal.state())) {
    const std::string reason = describe_exit(result.exit);
    std::vector<JournalField> fields;
    if (!reason.empty()) fields.emplace_back("reason", reason);
    TRY(journal.append(result.state, clock.now(), std::move(fields), Durable::yes));
  }
  result.files = TRY(digest_files(folder));
  TRY(write_result(folder, result));
  return result;
}

Result<RunResult> finalize_run(const Store& store, const RunId& id, const Clock& clock) {
  const RunFolder folder = run_folder(store, id);
  if (!os::is_a_directory(folder.dir())) return Error{ErrorKind::not_found, fmt::format("no run '{}'", id.text())};
  if (auto done = if_valid(read_run_result(folder))) return std::move(*done);
  auto lock = TRY(take_run_lock(folder));
  if (!lock) return Error{ErrorKind::conflict, fmt::format("run '{}' is still being recorded", id.text())};
  const auto last_journal = TRY(read_journal(folder.journal()));
  const std::string boot8 = last_journal.last() != nullptr ? last_journal.last()->boot8 : std::string();
  JournalWriter journal = TRY(JournalWriter::open(folder.journal(), boot8));
  return finalize_run(store, folder, journal, clock);
}

Result<std::vector<Reconciled>> reconcile(const Store& store, const LivenessProbe& probe, const Clock& clock,
                                          DryRun dry_run) {
  if (dry_run == DryRun::no) TRY(store.check_writable());
  std::vector<Reconciled> changed;
  for (const RunId& id : list_run_ids(store)) {
    if (if_valid(read_run_result(run_folder(store, id)))) continue;
    const RunSummary run = TRY(read_run(store, id, probe));
    const bool is_newly_lost = run.state == RunState::lost && !is_lost_on_record(store, id);
    if (!run.needs_finalizing && !is_newly_lost) continue;
    changed.push_back(dry_run == DryRun::yes ? Reconciled{id, run.state, run.state, run.reason}
                                             : TRY(reconcile_run(store, run, clock)));
  }
  return changed;
}

Result<std::vector<Path>> sweep_staging(const Store& store, const LivenessProbe& probe, DryRun dry_run) {
  if (dry_run == DryRun::no) TRY(store.check_writable());
  std::vector<Path> abandoned = TRY(find_abandoned_staging(store, probe));
  for (const Path& path : abandoned)
    if (dry_run == DryRun::no) TRY(os::remove_tree(path));
  return abandoned;
}

}  // namespace aml::store
