// From a part of the pivot example's input to the regions that name it: all ways to tell its two ends, each looked at
// on every sample row, those that differ nowhere taken for one, ranked by how simple they are and how they fare.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "synth/source.h"

namespace aml::synth {

// A region with what it gives on every sample row.
struct FoundRegion {
  Region region;
  std::vector<std::optional<std::string_view>> slices;  // views into the source
  int cost = 0;
};

// Says whether a slice of an example other than the pivot could be used there.
using Accept = std::function<bool(size_t example, std::string_view slice)>;

class RegionFinder {
 public:
  // `source` and `samples` must outlive the finder. `pivot` is the example whose parts are looked for.
  RegionFinder(const Source& source, const Samples& samples, size_t pivot);
  ~RegionFinder();
  RegionFinder(RegionFinder&&) noexcept;

  // The cheapest regions, at most `count`, that are bytes [begin, end) of the pivot and differ on some sample row.
  std::vector<FoundRegion> find(size_t begin, size_t end, size_t count, const Accept& accept);

 private:
  struct Places;  // positions with the offsets they have on every row
  const Places& places_at(size_t offset);
  Places& relative_places(size_t begin);

  const Source& source_;
  const Samples& samples_;
  size_t pivot_;
  std::string_view text_;
  std::vector<Pattern> patterns_;
  std::map<size_t, std::unique_ptr<Places>> places_;
  std::map<size_t, std::unique_ptr<Places>> relatives_;
};

}  // namespace aml::synth
