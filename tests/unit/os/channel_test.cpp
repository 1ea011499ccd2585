#include "os/channel.h"

#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <vector>

using aml::os::Channel;

TEST_CASE("items arrive in order, all of them, however little room there is") {
  for (const size_t room : {1U, 3U, 1000U}) {
    Channel<int> channel(room);
    std::jthread sender([&] {
      for (int i = 0; i < 500; ++i) CHECK(channel.send(i));
      channel.end();
    });
    std::vector<int> received;
    while (const auto item = channel.receive()) received.push_back(*item);
    REQUIRE(received.size() == 500);
    for (int i = 0; i < 500; ++i) CHECK(received[static_cast<size_t>(i)] == i);
    CHECK(!channel.receive());
  }
}

TEST_CASE("a sender that waits for room is let go when the receiver wants no more") {
  Channel<int> channel(1);
  CHECK(channel.send(1));
  bool was_taken = true;
  std::jthread sender([&] { was_taken = channel.send(2); });
  channel.close();
  sender.join();
  CHECK(!was_taken);
  CHECK(!channel.send(3));
}

TEST_CASE("items can be things that only move") {
  Channel<std::unique_ptr<int>> channel(2);
  CHECK(channel.send(std::make_unique<int>(7)));
  channel.end();
  CHECK(**channel.receive() == 7);
  CHECK(!channel.receive());
}
