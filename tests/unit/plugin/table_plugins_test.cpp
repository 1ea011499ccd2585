#include "plugin/table_plugins.h"

#include <doctest/doctest.h>

#include "os/atomic_file.h"
#include "os/process.h"
#include "temporary_folder.h"

using namespace aml;
using plugin::load_table_plugin;

namespace {

const Path kFixtures = FIXTURE_FOLDER;

}  // namespace

TEST_CASE("a plugin is found by its name and says what it is") {
  const auto loaded = load_table_plugin(kFixtures, "good");
  REQUIRE(loaded.ok());
  CHECK(std::string((*loaded)->name) == "fixture");
  CHECK(*load_table_plugin(kFixtures, "good") == *loaded);
}

TEST_CASE("a plugin from the future is refused") {
  const auto loaded = load_table_plugin(kFixtures, "future");
  CHECK(loaded.error().kind == ErrorKind::system);
  CHECK(loaded.error().message.ends_with("it is of version 2, this program knows versions up to 1"));
}

TEST_CASE("a plugin that is not there, or is no library, is named") {
  const TemporaryFolder folder;
  const auto missing = load_table_plugin(folder.path(), "parquet");
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK(missing.error().message == "there is no plugin for parquet in '" + folder.path().string() + "'");
  REQUIRE(os::write_file_atomically(folder.path() / "aml_text.so", "text", os::Overwrite::no).ok());
  CHECK(load_table_plugin(folder.path(), "text").error().message.starts_with("cannot load plugin '"));
}

TEST_CASE("plugins are listed with what they say, or why they do not load") {
  const auto plugins = plugin::list_table_plugins(kFixtures);
  REQUIRE(plugins.size() == 2);
  CHECK(plugins[0].name == "future");
  CHECK(plugins[1].name == "good");
  CHECK(plugins[1].description == "for tests");
  CHECK(plugin::list_table_plugins("/nowhere").empty());
}

TEST_CASE("plugins lie in the library folder beside that of the programs") {
  CHECK(plugin::plugin_folder_of("/opt/aml/bin/amlprep").parent_path().filename() == "amltools");
  CHECK(plugin::plugin_folder_of("/opt/aml/bin/amlprep").string().starts_with("/opt/aml/lib"));
}

TEST_CASE("the interface is C99") {
  auto compiler =
      os::HelperProcess::start({"cc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-x",
                                "c", "-I", PLUGIN_HEADERS, PLUGIN_HEADERS "/plugin/aml_table_plugin.h"},
                               "/");
  if (!compiler.ok()) {
    MESSAGE("skipped: no C compiler");
    return;
  }
  const auto output = compiler->finish(4096);
  REQUIRE(output.ok());
  CHECK(output->end.exit_code == 0);
}
