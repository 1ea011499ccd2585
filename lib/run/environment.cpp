#include "run/environment.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "os/machine.h"
#include "store/format.h"

namespace aml::run {
namespace {

constexpr std::array<std::string_view, 10> kNames = {"LANG",
                                                     "TZ",
                                                     "PATH",
                                                     "VIRTUAL_ENV",
                                                     "CONDA_PREFIX",
                                                     "HOSTTYPE",
                                                     "HIP_VISIBLE_DEVICES",
                                                     "LD_LIBRARY_PATH",
                                                     "GOMP_CPU_AFFINITY",
                                                     "KMP_AFFINITY"};
constexpr std::array<std::string_view, 10> kPrefixes = {"LC_",   "OMP_", "CUDA_",     "PYTHON", "TF_",
                                                        "NCCL_", "MKL_", "OPENBLAS_", "XLA_",   "TORCH_"};
constexpr std::array<std::string_view, 6> kSecretWords = {"KEY", "TOKEN", "SECRET", "PASS", "CRED", "AUTH"};

std::string_view name_of(std::string_view variable) { return variable.substr(0, variable.find('=')); }

// The kernel makes this file up processor by processor, which takes long on large machines: one piece is enough.
std::string processor_name() {
  auto fd = os::open_file("/proc/cpuinfo", O_RDONLY);
  if (!fd.ok()) return "unknown";
  os::FdSource source(std::move(*fd), "/proc/cpuinfo");
  const auto text = source.read();
  const size_t at = text.ok() ? text->find("model name") : std::string_view::npos;
  if (at == std::string_view::npos) return "unknown";
  const size_t end = std::min(text->find('\n', at), text->size());
  const size_t colon = text->find(": ", at);
  return colon < end ? std::string(text->substr(colon + 2, end - colon - 2)) : "unknown";
}

}  // namespace

bool is_recorded_variable(std::string_view name) {
  for (const std::string_view word : kSecretWords)
    if (name.find(word) != std::string_view::npos) return false;
  if (std::find(kNames.begin(), kNames.end(), name) != kNames.end()) return true;
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::string describe_environment(const std::vector<std::string>& environment) {
  std::vector<std::string> lines;
  for (const std::string& variable : environment)
    if (is_recorded_variable(name_of(variable))) lines.push_back(store::escape_field(variable));
  utsname system{};
  if (uname(&system) == 0) {
    lines.push_back(fmt::format("machine.kernel={} {}", system.sysname, system.release));
    lines.push_back(fmt::format("machine.architecture={}", system.machine));
  }
  lines.push_back(fmt::format("machine.glibc={}", gnu_get_libc_version()));
  lines.push_back(fmt::format("machine.cores={}", os::core_count()));
  lines.push_back(fmt::format("machine.processor={}", processor_name()));
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

std::string variable_name(std::string_view prefix, std::string_view name) {
  std::string variable(prefix);
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    variable.push_back(std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_');
  }
  return variable;
}

std::vector<std::string> payload_environment(const std::vector<std::string>& environment,
                                             const store::RunFolder& folder, const store::RunSpec& spec,
                                             const PayloadSurroundings& surroundings) {
  std::vector<std::string> result;
  bool has_buffering = false;
  for (const std::string& variable : environment) {
    if (variable.starts_with("AML_")) continue;
    has_buffering = has_buffering || name_of(variable) == "PYTHONUNBUFFERED";
    result.push_back(variable);
  }
  const auto add = [&](std::string_view name, std::string_view value) {
    result.push_back(fmt::format("{}={}", name, value));
  };
  add("AML_RUN_ID", folder.id().text());
  add("AML_RUN_DIR", folder.dir().native());
  add("AML_OUTPUTS", folder.outputs().native());
  add("AML_METRICS", surroundings.metrics_file.native());
  add("AML_PARAMS", surroundings.params_file.native());
  add("AML_STORE", surroundings.store_dir.native());
  add("AML_PARENT", spec.parent ? spec.parent->text() : "");
  if (spec.seed) add("AML_SEED", fmt::to_string(*spec.seed));
  if (spec.threads > 0) add("AML_THREADS", fmt::to_string(spec.threads));
  for (const auto& [name, value] : spec.params) add(variable_name("AML_PARAM_", name), value);
  for (const store::InputRecord& input : spec.inputs) add(variable_name("AML_INPUT_", input.name), input.path);
  // Logs are files, to which Python writes in blocks; people who follow a run want to see lines.
  if (!has_buffering) add("PYTHONUNBUFFERED", "1");
  return result;
}

}  // namespace aml::run
