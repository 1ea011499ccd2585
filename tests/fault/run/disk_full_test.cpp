// A disk that fills up while a run logs metrics: the program goes on, and the run still gets its result from the
// space that was set aside for it.
#include <fcntl.h>
#include <sys/mount.h>

#include "unit/run/fixture.h"

using namespace aml;
using store::RunState;

namespace {

class SmallDisk {
 public:
  explicit SmallDisk(const Path& path) : path_(path) {
    std::filesystem::create_directories(path);
    is_mounted_ = mount("tmpfs", path.c_str(), "tmpfs", 0, "size=1m,mode=0700") == 0;
  }
  ~SmallDisk() {
    if (is_mounted_) umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool is_mounted() const { return is_mounted_; }

 private:
  Path path_;
  bool is_mounted_ = false;
};

}  // namespace

TEST_CASE("a full disk stops the metrics, not the program, and the run gets its result") {
  const test::ScratchFolder folder;
  const SmallDisk disk(folder / "disk");
  if (!disk.is_mounted()) {
    MESSAGE("skipped: mounting a small tmpfs needs root");
    return;
  }
  folder.write("p/aml.yaml", "name: p\n");
  const auto place = run::open_place(folder / "disk/.aml", folder / "p");
  REQUIRE_MESSAGE(place.ok(), place.error().message);
  const SystemClock clock;
  // Fills the disk to the last byte, leaving a torn line, then goes on to the end.
  const auto request = test::RunProject::shell(
      "echo loss=0.5 step=1 >> $AML_METRICS; yes 'noise=1 step=2' >> $AML_METRICS 2>/dev/null; touch " +
      (folder / "went-on").string());
  const auto prepared = run::prepare(*place, request, clock);
  REQUIRE_MESSAGE(prepared.ok(), prepared.error().message);
  const auto handle = run::start(place->store, prepared->start, clock);
  REQUIRE_MESSAGE(handle.ok(), handle.error().message);
  const auto run = run::follow(place->store, handle->id, {});
  REQUIRE_MESSAGE(run.ok(), run.error().message);
  CHECK(os::path_exists(folder / "went-on"));
  CHECK(run->state == RunState::finished);
  CHECK(!run->needs_finalizing);
  REQUIRE(run->metrics.count("loss") == 1);
  CHECK(run->metrics.at("loss").last == 0.5);
}
