// Hands items from one thread to another, in order, with at most a few on the way. Either side can end it: the sender
// when nothing more comes, the receiver when it wants no more.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace aml::os {

template <class T>
class Channel {
 public:
  explicit Channel(size_t items_max) : items_max_(items_max) {}

  // Waits for room. False when the receiver wants no more: the item is gone then.
  bool send(T item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return items_.size() < items_max_ || is_closed_; });
    if (is_closed_) return false;
    items_.push_back(std::move(item));
    changed_.notify_all();
    return true;
  }

  // Waits for an item. Nothing when the sender has ended and all items were received.
  std::optional<T> receive() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !items_.empty() || is_ended_; });
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    changed_.notify_all();
    return item;
  }

  // By the sender: nothing more comes.
  void end() {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    changed_.notify_all();
  }

  // By the receiver, behind close(): waits until the sender has ended.
  void wait_for_end() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_ended_; });
  }

  // By the receiver: nothing more is wanted.
  void close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    items_.clear();
    changed_.notify_all();
  }

 private:
  size_t items_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> items_;
  bool is_ended_ = false;
  bool is_closed_ = false;
};

}  // namespace aml::os
