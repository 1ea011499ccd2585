#include "os/machine.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace aml::os;

TEST_CASE("our own start time is known and does not change") {
  const auto ticks = process_start_ticks(getpid());
  REQUIRE(ticks);
  CHECK(process_start_ticks(getpid()) == ticks);
}

TEST_CASE("a process that ended has no start time, not even as a zombie") {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  siginfo_t info{};
  REQUIRE(waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == 0);
  CHECK(!process_start_ticks(child));
  waitpid(child, nullptr, 0);
  CHECK(!process_start_ticks(child));
}

TEST_CASE("the boot id is 32 hex digits") { CHECK(boot_id().size() == 32); }

TEST_CASE("resident memory is at least a page") { CHECK(resident_bytes().value_or(0) >= 4096); }

TEST_CASE("this program is the test") { CHECK(own_program().value().filename() == "test_os"); }

TEST_CASE("random words differ") { CHECK(random_words().value() != random_words().value()); }
