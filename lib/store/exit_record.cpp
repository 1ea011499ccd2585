#include "store/exit_record.h"

#include <fmt/format.h>

#include <array>
#include <csignal>

#include "os/atomic_file.h"
#include "store/record_json.h"

namespace aml::store {
namespace {

constexpr std::array<const char*, 5> kReasons = {"exited", "cancelled", "timeout", "oom", "prep_failed"};

bool is_sent_on_purpose(int signal) {
  return signal == SIGINT || signal == SIGTERM || signal == SIGHUP || signal == SIGKILL;
}

std::optional<int> small_int(const text::Json& json) {
  const auto value = json.as_int();
  if (!value || *value < 0 || *value > 255) return std::nullopt;
  return static_cast<int>(*value);
}

std::optional<ExitReason> parse_reason(std::string_view text) {
  for (size_t i = 0; i < kReasons.size(); ++i)
    if (text == kReasons[i]) return static_cast<ExitReason>(i);
  return std::nullopt;
}

}  // namespace

RunState final_state(const ExitRecord& exit) {
  switch (exit.reason) {
    case ExitReason::cancelled: return RunState::killed;
    case ExitReason::timeout: return RunState::timeout;
    case ExitReason::oom: return RunState::oom;
    case ExitReason::prep_failed: return RunState::prep_failed;
    case ExitReason::exited: break;
  }
  if (exit.signal) return is_sent_on_purpose(*exit.signal) ? RunState::killed : RunState::failed;
  return exit.code == 0 ? RunState::finished : RunState::failed;
}

std::string describe_exit(const ExitRecord& exit) {
  if (!exit.detail.empty()) return exit.detail;
  if (exit.signal) return fmt::format("signal {}", *exit.signal);
  if (exit.code.value_or(0) != 0) return fmt::format("exit {}", *exit.code);
  return {};
}

text::Json to_json(const ExitRecord& exit) {
  text::Json object = text::Json::object({{"reason", kReasons[static_cast<size_t>(exit.reason)]}});
  if (exit.code) object.append_member("code", *exit.code);
  if (exit.signal) object.append_member("signal", *exit.signal);
  add_text(object, "detail", exit.detail);
  add_instant(object, "started", exit.started);
  add_instant(object, "ended", exit.ended);
  object.append_member("user_seconds", exit.user_seconds);
  object.append_member("system_seconds", exit.system_seconds);
  object.append_member("memory_bytes_max", exit.memory_bytes_max);
  return object;
}

Result<ExitRecord> parse_exit_json(const text::Json& json, std::string_view name) {
  ExitRecord exit;
  const auto reason = parse_reason(json["reason"].string());
  exit.code = small_int(json["code"]);
  exit.signal = small_int(json["signal"]);
  // Without an ending there is no exit; guessing 0 would turn a damaged record into success.
  if (!reason || (*reason == ExitReason::exited && !exit.code && !exit.signal))
    return Error{ErrorKind::bad_data, fmt::format("'{}' does not say how the run ended", name)};
  exit.reason = *reason;
  exit.detail = json.string_or("detail", "");
  exit.started = instant_member(json, "started");
  exit.ended = instant_member(json, "ended");
  exit.user_seconds = double_member(json, "user_seconds");
  exit.system_seconds = double_member(json, "system_seconds");
  exit.memory_bytes_max = uint_member(json, "memory_bytes_max").value_or(0);
  return exit;
}

Result<ExitRecord> parse_exit_record(std::string_view json_text, std::string_view name) {
  return parse_exit_json(TRY(text::parse_json(json_text, {name, 1})), name);
}

Status write_exit_record(const RunFolder& folder, const ExitRecord& exit) {
  const std::string text = to_json(exit).dump() + "\n";
  auto written = os::write_file_atomically(folder.exit(), text, os::Overwrite::no, kFileMode);
  if (written.ok() || written.error().kind != ErrorKind::system || !release_reserve(folder)) return written;
  return os::write_file_atomically(folder.exit(), text, os::Overwrite::no, kFileMode);
}

Result<std::optional<ExitRecord>> read_exit_record(const RunFolder& folder) {
  const auto text = TRY(read_record_file(folder.exit()));
  if (!text) return std::optional<ExitRecord>();
  return std::optional<ExitRecord>(TRY(parse_exit_record(*text, folder.exit().native())));
}

}  // namespace aml::store
