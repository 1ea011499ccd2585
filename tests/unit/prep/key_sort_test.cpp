#include "prep/key_sort.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include "base/random.h"

using namespace aml;
using namespace aml::prep;

namespace {

// Records whose rows are their numbers.
class Records {
 public:
  void add(const std::string& key) {
    const auto key_size = static_cast<uint32_t>(key.size());
    const auto number = static_cast<uint32_t>(records_.size());
    const uint32_t row_size = sizeof(number);
    std::string& record = records_.emplace_back(SortRecord::kHeadBytes, '\0');
    std::memcpy(record.data(), &key_size, sizeof(key_size));
    std::memcpy(record.data() + sizeof(key_size), &row_size, sizeof(row_size));
    record += key;
    record.append(reinterpret_cast<const char*>(&number), sizeof(number));
  }

  std::vector<SortEntry> entries() const {
    std::vector<SortEntry> entries;
    for (const std::string& record : records_)
      entries.push_back({key_word(SortRecord::at(record.data()).key, 0), record.data()});
    return entries;
  }

 private:
  std::deque<std::string> records_;
};

std::vector<std::string_view> records_of(const std::vector<SortEntry>& entries) {
  std::vector<std::string_view> records;
  for (const SortEntry& entry : entries) records.push_back(SortRecord::at(entry.record).bytes);
  return records;
}

}  // namespace

TEST_CASE("a word of a key is its bytes as a number, with zeros behind the end") {
  CHECK(key_word("ab", 0) == 0x6162000000000000U);
  CHECK(key_word("12345678\xff", 0) == 0x3132333435363738U);
  CHECK(key_word("12345678\xff", 1) == 0xff00000000000000U);
  CHECK(key_word("12345678", 1) == 0);
}

TEST_CASE("entries are sorted as comparing their keys sorts them, and equal ones keep their order") {
  const Random random(5, 0);
  for (const size_t count : {0U, 1U, 2U, 599U, 600U, 5000U}) {
    for (const uint64_t spread : {1U, 3U, 40U}) {
      Records records;
      for (size_t i = 0; i < count; ++i) {
        // Keys of zero to three words and a bit, that differ late, and tell where they end.
        const uint64_t value = random.below_at(i * 2, spread), size = random.below_at(i * 2 + 1, 4) * 7;
        std::string key(size, 'x');
        key += static_cast<char>('a' + value);
        records.add(key + std::string(2, '\0'));
      }
      std::vector<SortEntry> entries = records.entries();
      std::vector<SortEntry> expected = entries;
      std::stable_sort(expected.begin(), expected.end(), [](const SortEntry& a, const SortEntry& b) {
        return SortRecord::at(a.record).key < SortRecord::at(b.record).key;
      });
      std::vector<SortEntry> scratch;
      sort_by_key(entries, scratch);
      INFO(count, " keys of ", spread);
      CHECK(records_of(entries) == records_of(expected));
    }
  }
}
