// Owners for the structures of the Arrow C interfaces: each is released exactly once.
#pragma once

#include <utility>

#include "plugin/arrow_c.h"

namespace aml::table {

template <class T>
class ArrowOwner {
 public:
  ArrowOwner() = default;
  explicit ArrowOwner(T taken) : value_(taken) {}
  ~ArrowOwner() { reset(); }
  ArrowOwner(ArrowOwner&& other) noexcept : value_(std::exchange(other.value_, T{})) {}
  ArrowOwner& operator=(ArrowOwner&& other) noexcept {
    if (this == &other) return *this;
    reset();
    value_ = std::exchange(other.value_, T{});
    return *this;
  }

  T* get() { return &value_; }
  const T* get() const { return &value_; }
  T* operator->() { return &value_; }
  const T* operator->() const { return &value_; }
  // An owner without a value: for a stream, its end.
  bool is_empty() const { return value_.release == nullptr; }
  T take() { return std::exchange(value_, T{}); }

 private:
  void reset() {
    if (value_.release != nullptr) value_.release(&value_);
    value_ = T{};
  }
  T value_ = {};
};

using OwnedArrowSchema = ArrowOwner<ArrowSchema>;
using OwnedArrowArray = ArrowOwner<ArrowArray>;
using OwnedArrowStream = ArrowOwner<ArrowArrayStream>;

}  // namespace aml::table
