#include "cli/settings.h"

#include <doctest/doctest.h>

#include <map>

#include "os/atomic_file.h"
#include "temporary_folder.h"

using namespace aml;
using namespace aml::cli;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

Environment environment_of(Variables variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
}

std::string origin_of(const ResolvedSettings& resolved, std::string_view key) {
  for (const Origin& origin : resolved.origins)
    if (origin.key == key) return origin.origin;
  return "";
}

void write(const Path& file, std::string_view text) {
  REQUIRE(os::make_directories(file.parent_path()).ok());
  REQUIRE(os::write_file_atomically(file, text, os::Overwrite::yes).ok());
}

}  // namespace

TEST_CASE("each place is stronger than those behind it") {
  const TemporaryFolder folder;
  const Path root = folder.path();
  write(root / "etc.yaml", "threads: 1\nseed: 1\ncolor: never\nprogress: false\ninput: false\n");
  write(root / "xdg/aml/config.yaml", "threads: 2\nseed: 2\ncolor: always\nprogress: false\n");
  write(root / "project/aml.yaml", "name: p\nsettings:\n  threads: 3\n  seed: 3\n  color: auto\n");
  Surroundings surroundings{
      .environment =
          environment_of({{"XDG_CONFIG_HOME", (root / "xdg").string()}, {"AML_THREADS", "4"}, {"AML_SEED", "4"}}),
      .directory = root / "project/deep",
      .system_file = root / "etc.yaml"};
  CommonFlags common;
  common.threads = 5;
  const auto resolved = resolve_settings(common, surroundings);
  REQUIRE(resolved.ok());
  CHECK(resolved->settings.threads == 5);
  CHECK(resolved->settings.seed == 4);
  CHECK(resolved->settings.no_input);
  CHECK(origin_of(*resolved, "threads") == "--threads");
  CHECK(origin_of(*resolved, "seed") == "AML_SEED");
  CHECK(origin_of(*resolved, "color") == (root / "project/aml.yaml").string() + ":5");
  CHECK(origin_of(*resolved, "progress") == (root / "xdg/aml/config.yaml").string() + ":4");
  CHECK(origin_of(*resolved, "input") == (root / "etc.yaml").string() + ":5");
  CHECK(origin_of(*resolved, "store") == "default");
}

TEST_CASE("a store in a file is relative to the file, one in a flag to the working directory") {
  const TemporaryFolder folder;
  write(folder.path() / "aml.yaml", "settings: {store: runs}\n");
  Surroundings surroundings{
      .environment = environment_of({}), .directory = folder.path() / "deep", .system_file = folder.path() / "none"};
  CommonFlags common;
  CHECK(resolve_settings(common, surroundings)->settings.store_dir == folder.path() / "runs");
  common.store = "other";
  CHECK(resolve_settings(common, surroundings)->settings.store_dir == folder.path() / "deep/other");
}

TEST_CASE("an unknown key names file, line and the nearest key") {
  const TemporaryFolder folder;
  const Path file = folder.path() / "c.yaml";
  write(file, "seed: 1\nthraeds: 2\n");
  Surroundings surroundings{.environment = environment_of({{"AML_CONFIG", file.string()}}), .directory = folder.path()};
  const auto resolved = resolve_settings({}, surroundings);
  REQUIRE(!resolved.ok());
  CHECK(resolved.error().kind == ErrorKind::usage);
  CHECK(resolved.error().message == file.string() + ":2:1: unknown key 'thraeds' in the settings");
  CHECK(resolved.error().hint == "did you mean 'threads'?");
}

TEST_CASE("other keys of aml.yaml are the project's business") {
  const TemporaryFolder folder;
  write(folder.path() / "aml.yaml", "whatever: 1\n");
  Surroundings surroundings{
      .environment = environment_of({}), .directory = folder.path(), .system_file = folder.path() / "none", .cores = 6};
  CHECK(resolve_settings({}, surroundings)->settings.threads == 6);
}

TEST_CASE("colour follows the flag, then NO_COLOR, then FORCE_COLOR, then the terminal") {
  const auto wanted = [](std::string_view when, Variables variables, bool is_terminal) {
    return wants_color(when, environment_of(std::move(variables)), is_terminal);
  };
  CHECK(wanted("always", {{"NO_COLOR", "1"}}, false));
  CHECK(!wanted("never", {{"FORCE_COLOR", "1"}}, true));
  CHECK(!wanted("auto", {{"NO_COLOR", "1"}, {"FORCE_COLOR", "1"}, {"TERM", "xterm"}}, true));
  CHECK(wanted("auto", {{"NO_COLOR", ""}, {"CLICOLOR_FORCE", "1"}}, false));
  CHECK(wanted("auto", {{"TERM", "xterm"}}, true));
  CHECK(!wanted("auto", {{"TERM", "xterm"}}, false));
  CHECK(!wanted("auto", {{"TERM", "dumb"}}, true));
  CHECK(!wanted("auto", {}, true));
}

TEST_CASE("progress needs a terminal that can, and no wish for quiet") {
  const TemporaryFolder folder;
  Surroundings surroundings{.environment = environment_of({{"TERM", "xterm"}}),
                            .directory = folder.path(),
                            .system_file = folder.path() / "none",
                            .stderr_is_terminal = true};
  CommonFlags common;
  CHECK(resolve_settings(common, surroundings)->settings.progress);
  common.quiet = true;
  CHECK(!resolve_settings(common, surroundings)->settings.progress);
  common.quiet = false;
  common.no_progress = true;
  CHECK(!resolve_settings(common, surroundings)->settings.progress);
}
