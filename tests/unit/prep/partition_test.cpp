#include "prep/partition.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "temporary_folder.h"
#include "unit/prep/run_step.h"

using namespace aml;
using namespace aml::prep;

namespace {

PartitionOptions options_of(std::string_view parts) {
  auto parsed = parse_parts(parts);
  REQUIRE(parsed.ok());
  PartitionOptions options;
  options.parts = *parsed;
  return options;
}

std::unique_ptr<table::Reader> reader_of(const std::string& csv, size_t batch_rows = 4096) {
  table::ReadOptions options;
  options.batch_rows = batch_rows;
  auto reader = table::open_reader(std::make_unique<StringSource>(csv), "t.csv", options, nullptr);
  REQUIRE(reader.ok());
  return std::move(*reader);
}

std::vector<uint32_t> assigned(Partitioner& partitioner, const std::string& csv, size_t batch_rows = 4096) {
  auto reader = reader_of(csv, batch_rows);
  std::vector<uint32_t> parts;
  for (auto batch = reader->next(); batch.ok() && batch->has_value(); batch = reader->next()) {
    auto some = partitioner.assign(**batch);
    REQUIRE(some.ok());
    parts.insert(parts.end(), some->begin(), some->end());
  }
  return parts;
}

std::vector<uint32_t> by_hash(const std::string& csv, const PartitionOptions& options, size_t batch_rows = 4096) {
  auto partitioner = partition_by_hash(*reader_of(csv)->schema(), options);
  REQUIRE(partitioner.ok());
  return assigned(**partitioner, csv, batch_rows);
}

std::string times_error(const std::string& csv) {
  PartitionOptions options = options_of("a=1,b=1");
  options.time = "t";
  return partition_by_time(*reader_of(csv), options).error().message;
}

std::vector<uint32_t> by_time(const std::string& csv, std::string_view parts) {
  PartitionOptions options = options_of(parts);
  options.time = "t";
  auto partitioner = partition_by_time(*reader_of(csv), options);
  REQUIRE(partitioner.ok());
  return assigned(**partitioner, csv);
}

using Parts = std::vector<uint32_t>;

}  // namespace

TEST_CASE("shares are scaled to one") {
  const auto parts = parse_parts("train=80,valid=10,test=10");
  REQUIRE(parts.ok());
  CHECK(parts->size() == 3);
  CHECK((*parts)[0].share == 0.8);
  for (const char* wrong :
       {"", "train", "train=1", "a=1,a=1", "a=0,b=1", "a=x,b=1", "a=-1,b=2", "a/b=1,c=1", "=1,b=1", "a=inf,b=1"})
    CHECK(!parse_parts(wrong).ok());
}

TEST_CASE("equal rows come into the same part and shares are about kept") {
  std::string csv = "a,b\n";
  for (int i = 0; i < 10'000; ++i) csv += std::to_string(i / 2) + ",x\n";
  const Parts parts = by_hash(csv, options_of("train=0.8,test=0.2"));
  REQUIRE(parts.size() == 10'000);
  for (size_t row = 0; row < parts.size(); row += 2) CHECK(parts[row] == parts[row + 1]);
  const auto tests = std::count(parts.begin(), parts.end(), 1U);
  CHECK(tests > 1850);
  CHECK(tests < 2150);
  CHECK(by_hash(csv, options_of("train=0.8,test=0.2"), 13) == parts);
}

TEST_CASE("rows of one group are never parted") {
  std::string csv = "id,g,h\n";
  for (int i = 0; i < 4000; ++i) csv += std::to_string(i) + "," + std::to_string(i * 7919 % 200) + ",k\n";
  PartitionOptions options = options_of("train=1,valid=1,test=1");
  options.by = {"g", "h"};
  const Parts parts = by_hash(csv, options);
  std::map<int, std::set<uint32_t>> parts_of_group;
  for (int i = 0; i < 4000; ++i) parts_of_group[i * 7919 % 200].insert(parts[static_cast<size_t>(i)]);
  for (const auto& [group, seen] : parts_of_group) CHECK(seen.size() == 1);
  CHECK(std::set<uint32_t>(parts.begin(), parts.end()).size() == 3);
  options.seed = 1;
  CHECK(by_hash(csv, options) != parts);
}

TEST_CASE("rows without a group are parted by themselves") {
  std::string csv = "id,g\n";
  for (int i = 0; i < 200; ++i) csv += std::to_string(i) + ",\n";
  PartitionOptions options = options_of("a=1,b=1");
  options.by = {"g"};
  const Parts parts = by_hash(csv, options);
  CHECK(std::set<uint32_t>(parts.begin(), parts.end()).size() == 2);
}

TEST_CASE("the earliest rows come into the first part, and one moment is never parted") {
  CHECK(by_time("t\n2024-01-04\n2024-01-01\n2024-01-03\n2024-01-02\n", "a=3,b=1") == Parts{1, 0, 0, 0});
  CHECK(by_time("t\n5\n5\n5\n5\n", "a=1,b=1") == Parts{0, 0, 0, 0});
  CHECK(by_time("t\n1\n5\n5\n5\n", "a=1,b=1") == Parts{0, 1, 1, 1});
  CHECK(by_time("t\n1\n2\n3\n10\n", "a=1,b=1") == Parts{0, 0, 1, 1});
  CHECK(by_time("t\n2024-01-01T10:00:00Z\n2024-01-01T09:00:00Z\n", "a=1,b=1") == Parts{1, 0});
}

TEST_CASE("what is no time is refused with its place") {
  CHECK(times_error("t\n1\nx\n") == "t.csv:3: 'x' in column 't' is no date, timestamp or number");
  CHECK(times_error("t,b\n,1\n") == "t.csv:2: '' in column 't' is no date, timestamp or number");
  CHECK(times_error("t\n1\n2024-01-01\n") ==
        "t.csv:3: '2024-01-01' in column 't' cannot be compared with what stands above it");
  CHECK(times_error("u\n1\n").find("'t'") != std::string::npos);
}

TEST_CASE("files appear together or not at all") {
  const TemporaryFolder folder;
  const std::string pattern = (folder.path() / "p-{}.csv").string();
  const auto reader = reader_of("a\n1\n2\n");
  const auto batch = reader->next();
  {
    auto files = PartFiles::create(options_of("x=1,y=1"), pattern, reader->schema(), {}, os::Overwrite::no);
    REQUIRE(files.ok());
    REQUIRE(files->write(**batch, {0, 1}).ok());
  }
  CHECK(os::list_directory(folder.path())->empty());
  auto files = PartFiles::create(options_of("x=1,y=1"), pattern, reader->schema(), {}, os::Overwrite::no);
  REQUIRE(files->write(**batch, {1, 1}).ok());
  const auto counts = files->commit();
  REQUIRE(counts.ok());
  CHECK((*counts)[1].rows == 2);
  CHECK(*os::read_file(folder.path() / "p-x.csv") == "a\n");
  CHECK(*os::read_file(folder.path() / "p-y.csv") == "a\n1\n2\n");
  CHECK(!PartFiles::create(options_of("x=1,y=1"), pattern, reader->schema(), {}, os::Overwrite::no).ok());
  CHECK(!PartFiles::create(options_of("x=1,y=1"), "p.csv", reader->schema(), {}, os::Overwrite::no).ok());
}
