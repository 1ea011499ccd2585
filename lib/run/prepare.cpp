#include "run/prepare.h"

#include <fcntl.h>
#include <fmt/format.h>

#include "os/machine.h"
#include "project/secrets.h"
#include "run/environment.h"
#include "store/new_run.h"

namespace aml::run {
namespace {

// Digest and size in one reading, whatever the size of the file.
Result<store::InputRecord> digest_input(const InputFile& input, const Path& directory) {
  const Path path = (directory / input.path).lexically_normal();
  struct stat info = TRY(os::stat_file(path));
  if (!S_ISREG(info.st_mode))
    return Error{ErrorKind::usage, fmt::format("input '{}' is not a regular file", input.path.string())};
  os::FdSource source(TRY(os::open_file(path, O_RDONLY)), path.string());
  Sha256 hash;
  store::InputRecord record{.name = input.name.empty() ? path.filename().string() : input.name,
                            .path = path.string(),
                            .digest = {},
                            .rows = input.rows};
  for (;;) {
    const std::string_view piece = TRY(source.read());
    if (piece.empty()) break;
    hash.update(piece);
    record.bytes += piece.size();
  }
  record.digest = hash.finish();
  return record;
}

// What is on a command line ends up in the record for good.
Status refuse_secrets(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const auto secret = project::find_secret_in_content("", text);
    if (!secret) continue;
    return Error{ErrorKind::usage,
                 fmt::format("the command line holds a secret ({}), which the run would record", secret->what),
                 "pass it to the program in an environment variable or a file"};
  }
  return {};
}

Status refuse_secrets(const Request& request) {
  TRY(refuse_secrets(request.argv));
  TRY(refuse_secrets(request.command_line));
  for (const auto& [name, value] : request.params) TRY(refuse_secrets(std::vector{value}));
  return {};
}

store::RunSpec spec_of(const Request& request, RunId id, Instant now) {
  store::RunSpec spec;
  spec.id = std::move(id);
  spec.created = now;
  spec.name = request.name;
  spec.kind = request.kind;
  spec.argv = request.argv;
  spec.params = request.params;
  spec.seed = request.seed;
  spec.threads = request.threads;
  spec.timeout_ns = request.timeout_ns;
  spec.user = os::user_name();
  spec.host = os::host_name();
  spec.machine_id = os::machine_id();
  spec.boot_id = os::boot_id();
  spec.parent = request.parent;
  spec.tool = request.tool;
  spec.version = request.version;
  spec.command_line = request.command_line;
  return spec;
}

// The folder the user stands in, below the project's root; the root itself when he stands elsewhere.
std::string directory_in_project(const Place& place) {
  const std::string relative = place.directory.lexically_relative(place.project.root).string();
  return relative == "." || relative.starts_with("..") ? std::string() : relative;
}

Status add_snapshot(const Place& place, const Request& request, Prepared& prepared) {
  const auto snapshot = TRY(project::take_snapshot(place.store, place.project, request.snapshot_options));
  store::RunSpec& spec = prepared.start.spec;
  spec.snapshot = snapshot.digest;
  spec.cwd = directory_in_project(place);
  if (snapshot.git && !snapshot.git->commit.empty())
    spec.git = store::GitRecord{.commit = snapshot.git->commit,
                                .branch = snapshot.git->branch,
                                .remote = snapshot.git->remote,
                                .is_dirty = snapshot.git->is_dirty};
  for (const std::string& path : snapshot.special)
    prepared.warnings.push_back(fmt::format("'{}' is no regular file and is left out of the snapshot", path));
  for (const std::string& path : snapshot.allowed_secrets)
    prepared.warnings.push_back(fmt::format("the snapshot holds '{}', which looks like a secret, as allowed", path));
  return {};
}

}  // namespace

InputFile parse_input(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos || os::path_exists(text)) return {.name = "", .path = text};
  return {.name = text.substr(0, equals), .path = text.substr(equals + 1)};
}

Result<Place> open_place(const std::optional<Path>& store_dir, const Path& directory) {
  auto project = TRY(project::open_project(directory));
  std::error_code error;
  const Path here = std::filesystem::canonical(directory, error);
  if (error) return error_from_errno(error.value(), fmt::format("cannot enter '{}'", directory.string()));
  const bool is_new = store_dir ? !os::path_exists(*store_dir / store::kFormatFile) : !store::find_store(project.root);
  auto store = TRY(store::open_or_create(store_dir, project.root));
  return Place{std::move(project), std::move(store), here, is_new};
}

Result<Prepared> prepare(const Place& place, const Request& request, const Clock& clock) {
  if (request.argv.empty()) return Error{ErrorKind::usage, "no program to run", "name it after '--'"};
  TRY(refuse_secrets(request));
  Prepared prepared;
  StartOptions& start = prepared.start;
  start.spec = spec_of(request, TRY(store::make_run_id(clock)), clock.now());
  start.tags = request.tags;
  start.environment = request.environment;
  start.environment_lock = describe_environment(request.environment);
  start.spec.environment = sha256(start.environment_lock);
  start.directory = place.directory;
  for (const InputFile& input : request.inputs) start.spec.inputs.push_back(TRY(digest_input(input, place.directory)));
  if (request.snapshot == Request::Snapshot::take) TRY(add_snapshot(place, request, prepared));
  return prepared;
}

}  // namespace aml::run
