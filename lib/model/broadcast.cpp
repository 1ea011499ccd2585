#include "model/broadcast.h"

#include <algorithm>

namespace aml::model {

Result<Shape> broadcast_shape(const Shape& a, const Shape& b) {
  const size_t rank = std::max(a.size(), b.size());
  Shape result(rank, 1);
  for (size_t i = 0; i < rank; ++i) {
    const int64_t x = i < a.size() ? a[a.size() - 1 - i] : 1;
    const int64_t y = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (x != y && x != 1 && y != 1) {
      return data_error("shapes {} and {} do not go together", to_text(a), to_text(b));
    }
    result[rank - 1 - i] = x == 1 ? y : x;
  }
  return result;
}

std::vector<int64_t> strides_of(const Shape& shape) {
  std::vector<int64_t> strides(shape.size(), 1);
  for (size_t i = shape.size(); i-- > 1;) strides[i - 1] = strides[i] * shape[i];
  return strides;
}

std::vector<int64_t> broadcast_strides(const Shape& shape, const Shape& result) {
  const std::vector<int64_t> own = strides_of(shape);
  std::vector<int64_t> strides(result.size(), 0);
  const size_t lead = result.size() - shape.size();
  for (size_t i = 0; i < shape.size(); ++i) strides[lead + i] = shape[i] == 1 ? 0 : own[i];
  return strides;
}

BroadcastWalk::BroadcastWalk(const Shape& result, std::initializer_list<const Shape*> operands) {
  std::vector<std::vector<int64_t>> strides;
  for (const Shape* shape : operands) strides.push_back(broadcast_strides(*shape, result));
  for (size_t axis = 0; axis < result.size(); ++axis) {
    if (result[axis] == 1) continue;
    Places steps{};
    for (size_t k = 0; k < strides.size(); ++k) steps[k] = strides[k][axis];
    append_axis(result[axis], steps);
  }
  if (sizes_.empty()) append_axis(1, {});
  index_.resize(sizes_.size() - 1);
  has_next_ = std::find(sizes_.begin(), sizes_.end(), 0) == sizes_.end();
}

// Two neighbouring axes are one when a step along the outer equals a walk through the whole inner, for every operand.
void BroadcastWalk::append_axis(int64_t size, const Places& steps) {
  bool merges = !sizes_.empty();
  for (size_t k = 0; merges && k < steps.size(); ++k) merges = steps_.back()[k] == steps[k] * size;
  if (merges) {
    sizes_.back() *= size;
    steps_.back() = steps;
    return;
  }
  sizes_.push_back(size);
  steps_.push_back(steps);
}

bool BroadcastWalk::next(BroadcastRun& run) {
  if (!has_next_) return false;
  run = {offsets_, steps_.back(), begin_, static_cast<size_t>(sizes_.back())};
  begin_ += run.count;
  has_next_ = advance();
  return true;
}

bool BroadcastWalk::advance() {
  for (size_t axis = index_.size(); axis-- > 0;) {
    for (size_t k = 0; k < offsets_.size(); ++k) offsets_[k] += steps_[axis][k];
    if (++index_[axis] < sizes_[axis]) return true;
    for (size_t k = 0; k < offsets_.size(); ++k) offsets_[k] -= steps_[axis][k] * sizes_[axis];
    index_[axis] = 0;
  }
  return false;
}

}  // namespace aml::model
