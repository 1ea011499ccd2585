#include "run/oom.h"

#include <doctest/doctest.h>

using namespace aml::run;

TEST_CASE("the kill counter is read in both versions of control groups") {
  CHECK(parse_oom_kills("low 0\nhigh 3\noom 2\noom_kill 2\noom_group_kill 0\n") == 2);
  CHECK(parse_oom_kills("oom_kill_disable 0\nunder_oom 0\noom_kill 11\n") == 11);
  CHECK(!parse_oom_kills("low 0\n"));
}

TEST_CASE("the group of the process is found by controller") {
  const char* text = "9:cpu,cpuacct:/a\n4:memory,hugetlb:/jobs/7\n0::/user.slice\n";
  CHECK(parse_cgroup_path(text, "memory") == "/jobs/7");
  CHECK(parse_cgroup_path(text, "") == "/user.slice");
  CHECK(!parse_cgroup_path("0::/\n", "memory"));
  CHECK(parse_cgroup_path("0::/\n", "") == "/");
}
