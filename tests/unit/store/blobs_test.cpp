#include "store/blobs.h"

#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

TEST_CASE("content comes back by its digest") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  CHECK(blobs.put("hello").value() == sha256("hello"));
  CHECK(blobs.put("hello").value() == sha256("hello"));
  CHECK(blobs.get(sha256("hello")).value() == "hello");
  CHECK(blobs.size(sha256("hello")).value() == 5);
  CHECK(blobs.put("").value() == sha256(""));
  CHECK(blobs.get(sha256("")).value().empty());
  CHECK(blobs.list()->size() == 2);
  CHECK((os::stat_file(blobs.path_of(sha256("hello")))->st_mode & 0777) == 0444);
  CHECK(os::list_directory(test.store.tmp_dir())->empty());
}

TEST_CASE("a blob written in pieces is the blob of the whole") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  const std::string piece(100'000, 'x');
  auto writer = blobs.writer();
  REQUIRE(writer.ok());
  for (int i = 0; i < 7; ++i) REQUIRE(writer->write(piece).ok());
  const auto info = writer->finish();
  REQUIRE(info.ok());
  CHECK(*info == BlobInfo{sha256(std::string(700'000, 'x')), 700'000});
  write_text(test.folder.path() / "file", std::string(700'000, 'x'));
  CHECK(blobs.put_file(test.folder.path() / "file").value() == info->digest);
}

TEST_CASE("a writer that is dropped leaves nothing") {
  TestStore test;
  {
    auto writer = BlobStore(test.store.dir()).writer();
    REQUIRE(writer.ok());
    REQUIRE(writer->write("half").ok());
    CHECK(os::list_directory(test.store.tmp_dir())->size() == 1);
  }
  CHECK(os::list_directory(test.store.tmp_dir())->empty());
  CHECK(BlobStore(test.store.dir()).list()->empty());
}

TEST_CASE("a damaged blob is not given out, and mended by putting its content again") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  const Digest digest = blobs.put("content").value();
  write_text(blobs.path_of(digest), "contents");
  CHECK(blobs.get(digest).error().kind == ErrorKind::bad_data);
  CHECK(blobs.verify(digest).error().kind == ErrorKind::bad_data);
  CHECK(blobs.put("content").ok());
  CHECK(blobs.get(digest).value() == "content");
}

TEST_CASE("an absent blob is not found") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  CHECK(blobs.get(sha256("x")).error().kind == ErrorKind::not_found);
  CHECK(blobs.verify(sha256("x")).error().kind == ErrorKind::not_found);
  CHECK(blobs.size(sha256("x")).error().message == "blob '" + sha256("x").text() + "' is not in the store");
  CHECK(blobs.remove(sha256("x")).ok());
  CHECK(!blobs.has(sha256("x")));
}

TEST_CASE("several processes put the same blobs at the same time") {
  TestStore test;
  const BlobStore blobs(test.store.dir());
  const auto put_all = [&] {
    for (int i = 0; i < 100; ++i)
      if (!blobs.put("blob " + std::to_string(i) + std::string(1000, 'x')).ok()) return 1;
    return 0;
  };
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t pid = fork();
    if (pid == 0) _exit(put_all());
    children.push_back(pid);
  }
  for (const pid_t pid : children) {
    int status = -1;
    REQUIRE(waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
  }
  const auto digests = blobs.list();
  CHECK(digests->size() == 100);
  for (const Digest& digest : *digests) CHECK(blobs.verify(digest).ok());
  CHECK(os::list_directory(test.store.tmp_dir())->empty());
}
