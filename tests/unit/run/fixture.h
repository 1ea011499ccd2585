// A project with its store, and short ways to run shell scripts in it.
#pragma once

#include <string>

#include "os/machine.h"
#include "run/follow.h"
#include "run/prepare.h"
#include "store/run_folder.h"
#include "unit/project/fixture.h"

namespace aml::test {

class RunProject {
 public:
  RunProject() {
    folder.write("p/aml.yaml", "name: p\n");
    auto opened = run::open_place(std::nullopt, folder / "p");
    REQUIRE_MESSAGE(opened.ok(), opened.error().message);
    place.emplace(std::move(*opened));
  }

  const store::Store& store() const { return place->store; }
  store::RunFolder folder_of(const RunId& id) const { return store::run_folder(store(), id); }
  std::string text_of(const Path& file) const { return os::read_file(file).ok() ? *os::read_file(file) : ""; }

  // Shell that waits for a file, or for the folder it is to be in to go, so that no test leaves it behind.
  static std::string wait_for(const Path& file) {
    return "while [ ! -e " + file.string() + " ] && [ -d " + file.parent_path().string() + " ]; do sleep 0.01; done; ";
  }

  static run::Request shell(const std::string& script) {
    run::Request request;
    request.argv = {"sh", "-c", script};
    request.environment = os::current_environment();
    return request;
  }

  run::StartOptions prepare(const run::Request& request) const {
    auto prepared = run::prepare(*place, request, clock);
    REQUIRE_MESSAGE(prepared.ok(), prepared.error().message);
    return prepared->start;
  }
  RunId start(const run::StartOptions& options) const {
    const auto handle = run::start(store(), options, clock);
    REQUIRE_MESSAGE(handle.ok(), handle.error().message);
    return handle->id;
  }
  store::RunSummary wait(const RunId& id) const {
    const auto run = run::follow(store(), id, {});
    REQUIRE_MESSAGE(run.ok(), run.error().message);
    return *run;
  }
  store::RunSummary read(const RunId& id) const {
    const auto run = store::read_run(store(), id, store::SystemProbe(store().dir()));
    REQUIRE(run.ok());
    return *run;
  }
  store::RunSummary run(const run::Request& request) const { return wait(start(prepare(request))); }
  store::RunSummary run(const std::string& script) const { return run(shell(script)); }

  ScratchFolder folder;
  SystemClock clock;
  std::optional<run::Place> place;
};

}  // namespace aml::test
