// A run on a disk that fills up while it is going: its metrics stop, its ending is still recorded. The disk is a tmpfs
// of one MiB in a mount namespace of this process, which needs root.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "../unit/store/fixture.h"
#include "store/blobs.h"
#include "store/refs.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {

class SmallDisk {
 public:
  explicit SmallDisk(Path at) : at_(std::move(at)) {
    is_mounted_ = unshare(CLONE_NEWNS) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                  mount("tmpfs", at_.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  ~SmallDisk() {
    if (is_mounted_) umount2(at_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool is_mounted() const { return is_mounted_; }

 private:
  Path at_;
  bool is_mounted_ = false;
};

void fill_disk(const Path& path) {
  const os::UniqueFd fd = os::open_file(path, O_WRONLY | O_CREAT | O_APPEND).value();
  const std::string block(4096, 'x');
  while (write(fd.get(), block.data(), block.size()) > 0) continue;
  REQUIRE(errno == ENOSPC);
}

}  // namespace

TEST_CASE("a run on a full disk ends with a result, and new work is refused without leftovers") {
  TemporaryFolder folder;
  const SmallDisk disk(folder.path());
  if (!disk.is_mounted()) {
    MESSAGE("skipped: mounting a small disk needs root");
    return;
  }
  const Store store = Store::create(folder.path() / ".aml").value();
  auto run = create_run(store, spec_of(run_id_at(0, 1)));
  REQUIRE(run.ok());
  auto metrics = MetricsWriter::open(run->folder.metrics("main"));
  REQUIRE(metrics->append("a", 0, 1, {1}).ok());
  REQUIRE(metrics->flush().ok());
  fill_disk(folder.path() / "filler");

  // Metrics: one error, then silence; what was written stays.
  for (int i = 0; i < 1000; ++i) REQUIRE(metrics->append("a", 1 + i, 2, {1}).ok());
  CHECK(metrics->flush().error().kind == ErrorKind::system);
  CHECK(metrics->append("a", 2, 3, {1}).ok());
  CHECK(metrics->flush().ok());

  CHECK(BlobStore(store.dir()).put(std::string(8192, 'y')).error().kind == ErrorKind::system);
  CHECK(BlobStore(store.dir()).list()->empty());
  CHECK(RefStore(store.dir()).create({"models", "m"}, text::Json(std::string(5000, 'z'))).error().kind ==
        ErrorKind::system);
  CHECK(RefStore(store.dir()).list("models")->empty());
  CHECK(!create_run(store, spec_of(run_id_at(1, 1))).ok());
  CHECK(os::list_directory(store.tmp_dir())->empty());

  // The journal grows beyond its block only by giving up the reserve; the ending fits into what that frees.
  for (int i = 0; i < 20; ++i)
    REQUIRE(run->journal.append(RunState::running, {1}, {{"note", std::string(400, 'n')}}, Durable::yes).ok());
  REQUIRE(write_exit_record(run->folder, exit_with(0)).ok());
  const auto result = finalize_run(store, run->folder, run->journal, FixedClock({2}));
  REQUIRE(result.ok());
  CHECK(result->state == RunState::finished);
  CHECK(result->metrics.at("a").first == 1);
  CHECK(read_journal(run->folder.journal())->damaged_records == 0);
  CHECK(read_run(store, run->folder.id(), FakeProbe())->state == RunState::finished);
}
