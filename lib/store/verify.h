// Checking a store against itself: every blob against its digest, every run's files against its result.
#pragma once

#include "store/liveness.h"
#include "store/store.h"

namespace aml {
class Cancel;
}

namespace aml::store {

struct Finding {
  std::string kind;  // "blob", "ref", "run"
  std::string id;    // digest, KIND/NAME, or run id
  std::string message;
};

struct Verified {
  std::vector<Finding> findings;
  uint64_t blobs = 0;
  uint64_t refs = 0;
  uint64_t runs = 0;
};

// Reads everything once. Runs that live are looked at as far as they go.
Result<Verified> verify_store(const Store& store, const LivenessProbe& probe, unsigned threads, const Cancel* cancel);

}  // namespace aml::store
