#include "source/url_source.h"

#include "source/open.h"
#include "unit/net/fake_server.h"
#include "unit/source/source_testing.h"

using namespace aml;
using namespace aml::source;
using namespace aml::source::testing;

namespace {

std::string address_of(const std::string& name) {
  const auto url = resolve_address(name);
  return url.ok() ? url->text() : "error: " + url.error().message;
}

}  // namespace

TEST_CASE("addresses of WebHDFS are addresses of its service") {
  CHECK(address_of("https://example.com/a.csv?x=1") == "https://example.com/a.csv?x=1");
  CHECK(address_of("hdfs://nn/data/a.csv") == "http://nn:9870/webhdfs/v1/data/a.csv?op=OPEN");
  CHECK(address_of("hdfs://nn:8020/a") == "http://nn:9870/webhdfs/v1/a?op=OPEN");
  CHECK(address_of("hdfs://nn:50070/a") == "http://nn:50070/webhdfs/v1/a?op=OPEN");
  CHECK(address_of("webhdfs://ann@nn:8020/a") == "http://nn:8020/webhdfs/v1/a?op=OPEN&user.name=ann");
  CHECK(address_of("swebhdfs://nn/a") == "https://nn:9871/webhdfs/v1/a?op=OPEN");
  CHECK(address_of("hdfs://[::1]/a") == "http://[::1]:9870/webhdfs/v1/a?op=OPEN");
  CHECK(address_of("ftp://x/a") == "error: cannot read 'ftp://x/a': unknown scheme 'ftp'");
}

TEST_CASE("a table is read from an address, packed or not, and its path says the format") {
  FakeServer server([](const FakeRequest& request) {
    if (request.target == "/a.tsv?v=2") return answer("200 OK", {}, "x\ty,z\n1\t2\n");
    return answer("200 OK", {}, packed("x,y\n3,4\n", archive::Compression::gzip));
  });
  const std::string base = "http://" + server.authority();
  CHECK(rows_of(open_table(base + "/a.tsv?v=2", {}, {})) == Rows{{"x", "y,z"}, {"1", "2"}});
  CHECK(rows_of(open_table(base + "/b.csv.gz", {}, {})) == Rows{{"x", "y"}, {"3", "4"}});
}

TEST_CASE("what a server refuses is said with its reason") {
  FakeServer server([](const FakeRequest& request) {
    if (request.target == "/gone") return answer("404 Not Found", {}, "sorry");
    return answer("403 Forbidden", {}, R"({"RemoteException":{"message":"Permission denied: user=dr.who"}})");
  });
  const std::string base = "http://" + server.authority();
  const Error gone = open_table(base + "/gone", {}, {}).error();
  CHECK(gone.kind == ErrorKind::not_found);
  CHECK(gone.message == "cannot read '" + base + "/gone': the server answered 404");
  CHECK(open_table(base + "/x", {}, {}).error().message ==
        "cannot read '" + base + "/x': Permission denied: user=dr.who");
}

// As the protocol has it: the name node sends to the data node that has the first block.
TEST_CASE("WebHDFS: the name node redirects to a data node, which sends the file") {
  FakeServer data_node(
      [](const FakeRequest&) { return answer("200 OK", "Content-Type: application/octet-stream\r\n", "x,y\n1,2\n"); });
  FakeServer name_node([&](const FakeRequest& request) {
    return answer("307 TEMPORARY_REDIRECT",
                  "Location: http://" + data_node.authority() + request.target + "&offset=0\r\n");
  });
  CHECK(rows_of(open_table("webhdfs://ann@" + name_node.authority() + "/data/a.csv", {}, {})) ==
        Rows{{"x", "y"}, {"1", "2"}});
  REQUIRE(name_node.requests().size() == 1);
  CHECK(name_node.requests()[0].target == "/webhdfs/v1/data/a.csv?op=OPEN&user.name=ann");
  REQUIRE(data_node.requests().size() == 1);
  CHECK(data_node.requests()[0].target == "/webhdfs/v1/data/a.csv?op=OPEN&user.name=ann&offset=0");
}

TEST_CASE("a connection that breaks is taken up again, without rows lost or doubled") {
  std::string text = "x\n";
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + "\n";
  std::atomic<int> requests = 0;
  FakeServer server([&](const FakeRequest&) {
    FakeAnswer whole = answer("200 OK", {}, text);
    if (++requests > 1) return whole;
    whole.bytes.resize(whole.bytes.size() / 2);
    whole.closes_connection = true;
    return whole;
  });
  net::ClientOptions options;
  options.wait = [](int64_t) { return Status(); };
  const auto source = open_url("http://" + server.authority() + "/", options);
  REQUIRE(source.ok());
  std::string read;
  for (;;) {
    const auto piece = (*source)->read();
    REQUIRE(piece.ok());
    if (piece->empty()) break;
    read.append(*piece);
  }
  CHECK(read == text);
  CHECK(requests == 2);
}

TEST_CASE("reading can stop before the end, and a stop is noticed") {
  FakeServer server([](const FakeRequest&) { return answer("200 OK", {}, std::string(20 << 20, 'x')); });
  Cancel cancel;
  net::ClientOptions options;
  options.cancel = &cancel;
  const auto source = open_url("http://" + server.authority() + "/", options);
  REQUIRE(source.ok());
  CHECK(!(*source)->read()->empty());
}
