// Counts the distinct texts of a column and finds the most frequent ones, in bounded memory: exactly while they fit,
// then by a HyperLogLog estimate and by counts that are lower bounds (frequent items after Misra and Gries, with the
// purge of Anderson et al. 2017, "A High-Performance Algorithm for Identifying Frequent Items in Data Streams").
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aml::table {

// Estimates how many different hashes were added, within about 1 % (2^14 registers); the estimator is Ertl's (2017,
// "New cardinality estimation algorithms for HyperLogLog sketches"), which needs no correction tables.
class CardinalitySketch {
 public:
  void add(uint64_t hash);
  uint64_t estimate() const;

 private:
  static constexpr int kBits = 14;
  std::vector<uint8_t> registers_ = std::vector<uint8_t>(size_t{1} << kBits);
};

// The same on every machine. Not for untrusted keys of a server, only for counting.
uint64_t hash_text(std::string_view text);

class ValueCounter {
 public:
  static constexpr size_t kTextMax = 256;  // longer values are told apart by hash and shown cut

  explicit ValueCounter(size_t values_max) : values_max_(values_max), slots_(kFirstSlots) {}

  void add(std::string_view text, uint64_t times = 1) { add_hashed(hash_text(text), text, times); }
  // The same, in this order, and faster: a table too large for the caches is asked for in advance.
  void add_all(std::span<const std::string_view> texts);

  bool is_exact() const { return sketch_.empty(); }
  uint64_t distinct() const { return is_exact() ? entries_.size() : sketch_[0].estimate(); }

  struct Value {
    std::string text;    // at most kTextMax bytes of it
    uint64_t count = 0;  // a lower bound unless is_exact()
  };
  // The most frequent values, by count, then by text; without those that may be rarer than one left out.
  std::vector<Value> top(size_t limit) const;

 private:
  static constexpr size_t kFirstSlots = 64;
  // Some bits of the hash stand beside the index, so that most probes for a new value touch no entry.
  struct Slot {
    static constexpr uint32_t kEmpty = UINT32_MAX;
    uint32_t tag = 0;
    uint32_t index = kEmpty;
  };
  struct Entry {
    uint64_t hash = 0;
    uint64_t count = 0;
    uint64_t size = 0;  // of the whole text
    std::string text;
  };

  static uint32_t tag_of(uint64_t hash) { return static_cast<uint32_t>(hash >> 32); }
  void add_hashed(uint64_t hash, std::string_view text, uint64_t times);
  Slot& slot_of(uint64_t hash, std::string_view text);
  void rebuild_slots(size_t count);
  void purge();

  size_t values_max_;
  std::vector<Slot> slots_;  // open addressing
  std::vector<Entry> entries_;
  uint64_t purged_ = 0;                         // no value lost more than this
  std::vector<CardinalitySketch> sketch_ = {};  // one, once there were too many values
};

}  // namespace aml::table
