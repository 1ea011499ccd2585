#include "store/journal.h"

#include "fixture.h"
#include "store/format.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {

std::vector<JournalRecord> some_records() {
  return {{1, {100}, "b0070000", RunState::created, {}},
          {2, {200}, "b0070000", RunState::starting, {{"pid", "77"}, {"start_ticks", "5"}}},
          {3, {300}, "b0070000", RunState::failed, {{"reason", "exit\t3\n = bad\\"}}}};
}

std::string encoded(const std::vector<JournalRecord>& records) {
  std::string bytes;
  for (const JournalRecord& record : records) bytes += encode_record(record);
  return bytes;
}

}  // namespace

TEST_CASE("a record is one line of tab-separated fields ending in its checksum") {
  CHECK(encode_record(some_records()[1]) == "2\t200\tb0070000\tSTARTING\tpid=77\tstart_ticks=5\ta5dc287a\n");
}

TEST_CASE("records survive a round trip") {
  const JournalContent content = parse_journal(encoded(some_records()));
  CHECK(content.records == some_records());
  CHECK(content.damaged_records == 0);
  CHECK(content.valid_bytes == encoded(some_records()).size());
  CHECK(content.state() == RunState::failed);
  CHECK(content.last(RunState::starting)->at.unix_ns == 200);
  CHECK(content.last(RunState::running) == nullptr);
}

TEST_CASE("a journal cut at any byte reads as the records before the cut") {
  const std::string bytes = encoded(some_records());
  for (size_t size = 0; size <= bytes.size(); ++size) {
    const JournalContent content = parse_journal(bytes.substr(0, size));
    const auto whole =
        static_cast<size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size), '\n'));
    CAPTURE(size);
    REQUIRE(content.records.size() == whole);
    CHECK(content.damaged_records == (size == content.valid_bytes ? 0 : 1));
  }
}

TEST_CASE("a journal with any one byte changed loses at most that record") {
  const std::string bytes = encoded(some_records());
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const JournalContent content = parse_journal(changed);
    CAPTURE(i);
    // A changed line feed joins two records.
    CHECK(content.records.size() >= (bytes[i] == '\n' ? 1 : 2));
    CHECK(content.records.size() < 3);
    CHECK(content.damaged_records > 0);
  }
}

TEST_CASE("zeros behind the last record, as after a power failure, are ignored") {
  const std::string bytes = encoded(some_records()) + std::string(4096, '\0');
  CHECK(parse_journal(bytes).records == some_records());
  CHECK(parse_journal(bytes).damaged_records == 1);
}

TEST_CASE("a record is never longer than its limit") {
  JournalRecord record{7, {1}, "b0070000", RunState::failed, {{"pid", "77"}, {"reason", std::string(5000, '\t')}}};
  const std::string line = encode_record(record);
  CHECK(line.size() <= kJournalRecordBytesMax);
  const JournalContent content = parse_journal(line);
  REQUIRE(content.records.size() == 1);
  CHECK(*content.records[0].find("pid") == "77");
  CHECK(content.records[0].find("reason")->size() > 50);
}

TEST_CASE("a writer cuts a torn end off and goes on counting") {
  TemporaryFolder folder;
  const Path path = folder.path() / "journal";
  write_text(path, encoded(some_records()) + "4\t400\tb0070000\tRUNN");
  auto writer = JournalWriter::open(path, "b0071111ffff");
  REQUIRE(writer.ok());
  CHECK(writer->state() == RunState::failed);
  REQUIRE(writer->append(RunState::lost, {500}, {{"reason", "reboot"}}, Durable::yes).ok());
  auto expected = some_records();
  expected.push_back({4, {500}, "b0071111", RunState::lost, {{"reason", "reboot"}}});
  CHECK(read_journal(path)->records == expected);
  CHECK(read_journal(path)->damaged_records == 0);
}

TEST_CASE("a missing journal is an empty one") {
  TemporaryFolder folder;
  CHECK(read_journal(folder.path() / "journal")->records.empty());
  CHECK(!read_journal(folder.path() / "journal")->state());
}
