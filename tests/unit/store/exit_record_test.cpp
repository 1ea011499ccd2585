#include "store/exit_record.h"

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {
ExitRecord signalled(int signal) {
  ExitRecord exit;
  exit.signal = signal;
  return exit;
}
}  // namespace

TEST_CASE("the final state follows from how the payload ended") {
  CHECK(final_state(exit_with(0)) == RunState::finished);
  CHECK(final_state(exit_with(3)) == RunState::failed);
  CHECK(final_state(signalled(11)) == RunState::failed);
  CHECK(final_state(signalled(9)) == RunState::killed);
  CHECK(final_state(signalled(15)) == RunState::killed);
  ExitRecord exit = signalled(9);
  exit.reason = ExitReason::timeout;
  CHECK(final_state(exit) == RunState::timeout);
  exit.reason = ExitReason::oom;
  CHECK(final_state(exit) == RunState::oom);
  exit.reason = ExitReason::cancelled;
  CHECK(final_state(exit) == RunState::killed);
  exit.reason = ExitReason::prep_failed;
  CHECK(final_state(exit) == RunState::prep_failed);
}

TEST_CASE("an exit record survives a round trip") {
  ExitRecord exit = exit_with(3);
  exit.detail = "said no";
  exit.user_seconds = 0.25;
  exit.system_seconds = 1.5;
  exit.memory_bytes_max = 1 << 20;
  const std::string json = to_json(exit).dump();
  CHECK(json ==
        "{\"reason\":\"exited\",\"code\":3,\"detail\":\"said no\",\"started\":\"2023-11-14T22:13:21Z\","
        "\"ended\":\"2023-11-14T22:13:23.500Z\",\"user_seconds\":0.25,\"system_seconds\":1.5,"
        "\"memory_bytes_max\":1048576}");
  CHECK(to_json(parse_exit_record(json, "exit").value()).dump() == json);
}

TEST_CASE("a record that does not say how it ended is never taken for success") {
  for (const char* json : {"{}", "{\"reason\":\"exited\"}", "{\"reason\":\"exited\",\"code\":-1}",
                           "{\"reason\":\"exited\",\"code\":999}", "{\"reason\":\"odd\",\"code\":0}", "[]", "0"}) {
    CAPTURE(json);
    CHECK(parse_exit_record(json, "exit").error().kind == ErrorKind::bad_data);
  }
}

TEST_CASE("the first exit record of a run stays") {
  TestStore test;
  auto run = create_run(test.store, spec_of(run_id_at(0, 1)));
  REQUIRE(run.ok());
  CHECK(!read_exit_record(run->folder)->has_value());
  REQUIRE(write_exit_record(run->folder, exit_with(3)).ok());
  CHECK(write_exit_record(run->folder, exit_with(0)).error().kind == ErrorKind::conflict);
  CHECK((*read_exit_record(run->folder))->code == 3);
}
