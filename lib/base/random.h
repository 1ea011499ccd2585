// Counter-based randomness: the n-th number of a stream is a pure function of (seed, stream, n), so that results
// do not depend on threads or on the order of arrival. The mixer is SplitMix64's finaliser applied twice
// (Steele, Lea, Flood 2014); for sampling and shuffling, not for cryptography.
#pragma once

#include <cstdint>

namespace aml {

class Random {
 public:
  // `stream` separates uses of one seed: rows of a sample, trees of a forest, shuffles of an epoch.
  Random(uint64_t seed, uint64_t stream) : key_(mix(seed) ^ mix(stream + 0x9e3779b97f4a7c15ULL)) {}

  uint64_t at(uint64_t index) const { return mix(mix(index + key_) ^ key_); }

  // Uniform in [0, 1), with 53 random bits.
  double unit_at(uint64_t index) const { return static_cast<double>(at(index) >> 11) * 0x1p-53; }

  // Uniform in [0, bound), by multiplication (Lemire 2019); the bias is below bound / 2^64.
  uint64_t below_at(uint64_t index, uint64_t bound) const {
    return static_cast<uint64_t>((static_cast<Wide>(at(index)) * bound) >> 64);
  }

 private:
  __extension__ using Wide = unsigned __int128;
  static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  uint64_t key_;
};

}  // namespace aml
