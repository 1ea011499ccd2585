#include "os/process.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace aml;
using namespace aml::os;

namespace {

// A child that waits to be killed.
pid_t start_sleeper() {
  const pid_t pid = fork();
  if (pid == 0)
    for (;;) pause();
  return pid;
}

}  // namespace

TEST_CASE("a process is alive under its own start time only") {
  const auto self = process_ref(getpid());
  REQUIRE(self);
  CHECK(is_alive(*self));
  CHECK(!is_alive({self->pid, self->start_ticks + 1}));
  CHECK(!is_alive({0, 0}));
}

TEST_CASE("a signal never reaches a process with another start time") {
  const pid_t pid = start_sleeper();
  const auto sleeper = process_ref(pid);
  REQUIRE(sleeper);
  CHECK(*send_signal({pid, sleeper->start_ticks + 1}, SIGKILL) == false);
  CHECK(is_alive(*sleeper));
  CHECK(*wait_until_gone(*sleeper, 0) == false);
  CHECK(*send_signal(*sleeper, SIGKILL) == true);
  CHECK(*wait_until_gone(*sleeper, 10'000) == true);
  int status = 0;
  REQUIRE(waitpid(pid, &status, 0) == pid);
  CHECK(child_end_of(status).signal_number == SIGKILL);
  CHECK(child_end_of(status).shell_status() == 137);
  CHECK(*send_signal(*sleeper, SIGKILL) == false);
}

TEST_CASE("a group is signalled through its living leader only") {
  const pid_t pid = start_sleeper();
  setpgid(pid, pid);
  const auto leader = process_ref(pid);
  REQUIRE(leader);
  CHECK(*send_signal_to_group({pid, leader->start_ticks + 1}, SIGKILL) == false);
  CHECK(is_alive(*leader));
  CHECK(*send_signal_to_group(*leader, SIGKILL) == true);
  CHECK(*wait_until_gone(*leader, 10'000) == true);
  REQUIRE(waitpid(pid, nullptr, 0) == pid);
}

TEST_CASE("a helper's output and end are read whole") {
  auto helper = HelperProcess::start({"sh", "-c", "pwd; cat; exit 3"}, "/");
  REQUIRE(helper.ok());
  const auto output = helper->finish(1000);
  REQUIRE(output.ok());
  CHECK(output->text == "/\n");
  CHECK(output->end.exit_code == 3);
}

TEST_CASE("a helper that cannot be started or says too much is an error") {
  CHECK(!HelperProcess::start({"no-such-program-here"}, "/").ok());
  auto helper = HelperProcess::start({"yes"}, "/");
  REQUIRE(helper.ok());
  CHECK(!helper->finish(1000).ok());
}
