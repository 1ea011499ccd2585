#include "os/lock_file.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "temporary_folder.h"

using namespace aml;
using namespace aml::os;

TEST_CASE("a lock excludes others until it is dropped") {
  const TemporaryFolder folder;
  const Path path = folder.path() / "lock";
  CHECK(!LockFile::is_locked(path).value());
  {
    const auto lock = LockFile::try_lock(path, LockMode::exclusive);
    REQUIRE(lock.ok());
    REQUIRE(lock->has_value());
    CHECK(LockFile::is_locked(path).value());
    CHECK(!LockFile::try_lock(path, LockMode::exclusive)->has_value());
  }
  CHECK(!LockFile::is_locked(path).value());
}

TEST_CASE("the kernel frees the lock of a killed process at once") {
  const TemporaryFolder folder;
  const Path path = folder.path() / "lock";
  auto ready = make_pipe();
  REQUIRE(ready.ok());
  const pid_t child = fork();
  if (child == 0) {
    const auto lock = LockFile::try_lock(path, LockMode::exclusive);
    const bool told = write(ready->write_end.get(), "x", 1) == 1;
    pause();
    _exit(told && lock.ok() ? 0 : 1);
  }
  char byte = 0;
  REQUIRE(read(ready->read_end.get(), &byte, 1) == 1);
  CHECK(LockFile::is_locked(path).value());
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  CHECK(!LockFile::is_locked(path).value());
}
