#include "cli/system_session.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace aml::cli {

void SystemSession::note(std::string_view line) {
  if (parts_.settings.verbosity >= 0) messages_.say(line);
}

void SystemSession::detail(std::string_view line) {
  if (parts_.settings.verbosity >= 1) messages_.say(line);
}

void SystemSession::warn(std::string_view line, std::string_view hint) {
  if (parts_.settings.verbosity >= 0) messages_.warn(line, hint);
}

void SystemSession::report(const Error& error) {
  if (error.kind != ErrorKind::broken_pipe) messages_.error(error, exit_code_of(error.kind));
}

std::string_view SystemSession::version() const { return version_text(); }

Status SystemSession::require_piped_stdin() const {
  if (!parts_.stdin_is_terminal) return {};
  refused_terminal_ = true;
  return Error{ErrorKind::usage, "no input: standard input is a terminal",
               fmt::format("name a file or pipe data into {}", parts_.tool)};
}

std::unique_ptr<Progress> SystemSession::progress(std::string_view what, uint64_t total) {
  ProgressForm form = ProgressForm::none;
  if (parts_.settings.progress) form = ProgressForm::bar;
  else if (parts_.settings.verbosity >= 1) form = ProgressForm::log;
  return std::make_unique<ProgressBar>(messages_, clock_,
                                       ProgressPlan{form, std::string(what), total, parts_.stderr_columns});
}

Result<std::vector<std::string>> expand_names(Session& session, const std::vector<std::string>& names) {
  constexpr size_t kNamesBytesMax = size_t{256} << 20;
  const auto dash = std::find(names.begin(), names.end(), "-");
  if (dash == names.end()) return names;
  TRY(session.require_piped_stdin());
  const std::string content = TRY(os::read_all(STDIN_FILENO, "standard input", kNamesBytesMax));
  std::vector<std::string> expanded(names.begin(), dash);
  const char separator = session.settings().null_terminated ? '\0' : '\n';
  for (size_t start = 0; start < content.size();) {
    const size_t end = std::min(content.find(separator, start), content.size());
    if (end > start) expanded.push_back(content.substr(start, end - start));
    start = end + 1;
  }
  expanded.insert(expanded.end(), dash + 1, names.end());
  return expanded;
}

std::string_view version_text() { return AML_VERSION; }

std::string version_details() {
#ifdef __clang__
  const char* compiler = "clang " __clang_version__;
#else
  const char* compiler = "g++ " __VERSION__;
#endif
#ifdef __x86_64__
  const char* target = "x86-64-v2 and newer";
#else
  const char* target = "generic";
#endif
  return fmt::format("compiler: {}\nprocessor: {}\nC++: {}\n", compiler, target, __cplusplus);
}

}  // namespace aml::cli
