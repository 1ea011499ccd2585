#include "net/headers.h"

#include <doctest/doctest.h>

using namespace aml::net;

TEST_CASE("names are found without regard to case") {
  Headers headers;
  headers.add_line("Docker-Content-Digest:  sha256:ab \r\n");
  headers.add_line("X: 1\r\n");
  headers.add_line("x: 2");
  CHECK(headers.find("docker-content-digest").value() == "sha256:ab");
  CHECK(headers.find("X").value() == "1");
  CHECK_FALSE(headers.find("Y").has_value());
  headers.set("x", "3");
  CHECK(headers.find("X").value() == "3");
  headers.remove("X");
  CHECK_FALSE(headers.find("x").has_value());
}

TEST_CASE("lines that are no field are ignored") {
  Headers headers;
  for (const char* line : {"HTTP/1.1 200 OK", "", ": no name", "\r\n"}) headers.add_line(line);
  CHECK(headers.begin() == headers.end());
  headers.add_line("Empty:\r\n");
  CHECK(headers.find("empty").value().empty());
}
