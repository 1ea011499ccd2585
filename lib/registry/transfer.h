// What push and pull tell about their progress.
#pragma once

#include <cstdint>

#include "store/manifest.h"

namespace aml::registry {

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void will_move(uint64_t total_bytes) = 0;                 // known after the manifest was read
  virtual void was_there(const store::Descriptor& descriptor) = 0;  // nothing to do for this blob
  virtual void moved(const store::Descriptor& descriptor) = 0;      // a blob or manifest that is now there
  virtual void advance(uint64_t bytes) = 0;
};

// An index may hold indexes, but not for ever.
inline constexpr int kIndexDepthMax = 4;

}  // namespace aml::registry
