#include "os/signals.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace aml;
using namespace aml::os;

TEST_CASE("a signal requests the stop and wakes the descriptor") {
  Cancel cancel;
  const auto watch = SignalWatch::install(cancel);
  REQUIRE(watch.ok());
  CHECK(cancel.check().ok());
  raise(SIGTERM);
  CHECK(cancel.check().error().kind == ErrorKind::interrupted);
  CHECK(SignalWatch::last_signal() == SIGTERM);
  pollfd wake{watch->wake_fd(), POLLIN, 0};
  CHECK(poll(&wake, 1, 0) == 1);
}

TEST_CASE("the second signal ends the process") {
  const pid_t child = fork();
  if (child == 0) {
    Cancel cancel;
    const auto watch = SignalWatch::install(cancel);
    raise(SIGINT);
    raise(SIGINT);
    _exit(watch.ok() ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGINT);
}

TEST_CASE("dying of a signal is seen by the parent as that signal") {
  const pid_t child = fork();
  if (child == 0) {
    signal(SIGPIPE, SIG_IGN);
    die_of_signal(SIGPIPE);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGPIPE);
}
