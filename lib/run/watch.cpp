#include "run/watch.h"

#include <sys/wait.h>

#include <charconv>

#include "os/machine.h"
#include "store/liveness.h"
#include "store/run_folder.h"
#include "store/run_record.h"

namespace aml::run {
namespace {

template <class Number>
std::optional<Number> number_field(const store::JournalRecord& record, std::string_view key) {
  const std::string* text = record.find(key);
  Number number{};
  if (text == nullptr) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<os::ProcessRef> recorder_on_record(const store::JournalContent& journal) {
  const store::JournalRecord* preparing = journal.last(store::RunState::preparing);
  if (preparing == nullptr) return std::nullopt;
  const auto pid = number_field<pid_t>(*preparing, "recorder_pid");
  const auto ticks = number_field<uint64_t>(*preparing, "recorder_ticks");
  if (!pid || !ticks) return std::nullopt;
  return os::ProcessRef{*pid, *ticks};
}

RecorderWatch::RecorderWatch(const store::Store& store, const RunId& id) : store_(store), id_(id) {}

void RecorderWatch::look_up() {
  if (recorder_) return;
  const auto journal = store::read_journal(store::run_folder(store_, id_).journal());
  if (!journal.ok()) return;
  // A number of another machine, or of before a reboot, means nothing here.
  const store::JournalRecord* last = journal->last();
  if (last == nullptr || last->boot8 != os::boot_id().substr(0, 8)) return;
  recorder_ = recorder_on_record(*journal);
  if (!recorder_) return;
  auto fd = os::open_process(*recorder_);
  if (fd.ok()) fd_ = std::move(*fd);
}

int RecorderWatch::fd() {
  look_up();
  return fd_.get();
}

bool RecorderWatch::is_gone() {
  look_up();
  // The usual answer, and a cheap one. The recorder outlives result.json by a moment, in which it clears the work
  // folder away.
  if (recorder_ && os::is_alive(*recorder_)) return false;
  if (recorder_) waitpid(recorder_->pid, nullptr, WNOHANG);  // fails when it is not our child, which is fine
  const auto run = store::read_run(store_, id_, store::SystemProbe(store_.dir()));
  return !run.ok() || !store::is_alive(run->state) || run->state == store::RunState::orphan;
}

}  // namespace aml::run
