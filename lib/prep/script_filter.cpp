#include "prep/script_filter.h"

#include <fmt/format.h>

#include <chrono>

namespace aml::prep {
namespace {

// Bytes for the program.
class PipeSink final : public Sink {
 public:
  PipeSink(int fd, const std::string& name) : fd_(fd), name_(name) {}
  Status write(std::string_view bytes) override { return os::write_all(fd_, bytes, name_); }

 private:
  int fd_;
  const std::string& name_;
};

}  // namespace

Result<std::unique_ptr<ScriptFilter>> ScriptFilter::start(const ScriptOptions& options, table::SchemaPtr input,
                                                          const Cancel* cancel) {
  auto process = os::FilterProcess::start(options.argv, options.directory);
  if (!process.ok())
    return Error{ErrorKind::child_failed, fmt::format("{}: {}", options.place, process.error().message),
                 "the program must be installed and on PATH"};
  std::unique_ptr<ScriptFilter> filter(new ScriptFilter(std::move(*process), options, cancel));
  ScriptFilter* self = filter.get();
  os::UniqueFd to = self->process_.take_input();
  os::UniqueFd from = self->process_.take_output();
  self->writer_ = std::thread(
      [self, input = std::move(input), fd = std::move(to)]() mutable { self->write_input(std::move(fd), input); });
  self->reader_ = std::thread([self, fd = std::move(from)]() mutable { self->read_output(std::move(fd)); });
  return filter;
}

ScriptFilter::~ScriptFilter() {
  {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
  }
  changed_.notify_all();
  process_.stop();
  if (writer_.joinable()) writer_.join();
  if (reader_.joinable()) reader_.join();
}

Status ScriptFilter::push(table::Batch batch, const Take& take) {
  std::unique_lock lock(mutex_);
  if (!is_input_closed_) input_.push_back(std::move(batch));
  changed_.notify_all();
  for (;;) {
    TRY(drain(lock, take));
    if (input_.size() < kQueueMax || is_input_closed_) return {};
    TRY(wait(lock));
  }
}

Status ScriptFilter::finish(const Take& take) {
  std::unique_lock lock(mutex_);
  has_all_input_ = true;
  changed_.notify_all();
  for (;;) {
    TRY(drain(lock, take));
    if (has_all_output_ && output_.empty()) break;
    TRY(wait(lock));
  }
  lock.unlock();
  reader_.join();
  const auto ended = TRY(process_.finish());
  writer_.join();
  if (ended.end.shell_status() != 0)
    return Error{
        ErrorKind::child_failed,
        fmt::format("{}: '{}' ended with status {}{}{}", options_.place, options_.name, ended.end.shell_status(),
                    ended.last_error_line.empty() ? "" : ": ", ended.last_error_line),
        "its other messages are seen when it is run by hand"};
  if (!read_status_.ok()) return read_status_.error();
  if (!write_status_.ok() && write_status_.error().kind != ErrorKind::broken_pipe) return write_status_.error();
  return {};
}

// Gives away what has come out; not under the lock, because that may take long.
Status ScriptFilter::drain(std::unique_lock<std::mutex>& lock, const Take& take) {
  while (!output_.empty()) {
    table::Batch batch = std::move(output_.front());
    output_.pop_front();
    changed_.notify_all();
    lock.unlock();
    const Status taken = take(std::move(batch));
    lock.lock();
    if (!taken.ok()) return taken.error();
  }
  return {};
}

Status ScriptFilter::wait(std::unique_lock<std::mutex>& lock) {
  constexpr auto kCancelInterval = std::chrono::milliseconds(100);
  changed_.wait_for(lock, kCancelInterval);
  return cancel_ == nullptr ? Status() : cancel_->check();
}

std::optional<table::Batch> ScriptFilter::next_input() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !input_.empty() || has_all_input_ || is_stopped_; });
  if (input_.empty() || is_stopped_) return std::nullopt;
  table::Batch batch = std::move(input_.front());
  input_.pop_front();
  changed_.notify_all();
  return batch;
}

// A program that closes its input, as head does, wants no more; that is no failure.
void ScriptFilter::write_input(os::UniqueFd fd, const table::SchemaPtr& schema) {
  PipeSink sink(fd.get(), options_.name);
  const auto write = [&]() -> Status {
    const auto writer = TRY(table::open_writer(sink, schema, options_.input));
    while (const auto batch = next_input()) TRY(writer->write(*batch));
    return writer->finish();
  };
  Status status = write();
  const std::lock_guard lock(mutex_);
  write_status_ = std::move(status);
  is_input_closed_ = true;
  input_.clear();
  changed_.notify_all();
}

void ScriptFilter::read_output(os::UniqueFd fd) {
  Status status = read_batches(std::move(fd));
  const std::lock_guard lock(mutex_);
  read_status_ = std::move(status);
  has_all_output_ = true;
  changed_.notify_all();
}

Status ScriptFilter::read_batches(os::UniqueFd fd) {
  auto source = std::make_unique<os::FdSource>(std::move(fd), options_.name);
  const auto reader = TRY(table::open_reader(std::move(source), options_.name, options_.output, nullptr));
  while (auto batch = TRY(reader->next())) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return output_.size() < kQueueMax || is_stopped_; });
    if (is_stopped_) break;
    output_.push_back(std::move(*batch));
    changed_.notify_all();
  }
  return {};
}

}  // namespace aml::prep
