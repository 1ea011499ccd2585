#include "odbc/odbc_column.h"

#include <charconv>
#include <cstring>
#include <memory>
#include <utility>

namespace aml_odbc {
namespace {

struct Buffers {
  std::vector<uint8_t> validity;
  std::vector<int32_t> offsets;
  std::vector<uint8_t> values;
  const void* pointers[3];
};

void release_buffers(ArrowArray* array) {
  delete static_cast<Buffers*>(array->private_data);
  array->release = nullptr;
}

template <class T>
void append_bytes(std::vector<uint8_t>& bytes, T value) {
  const size_t at = bytes.size();
  bytes.resize(at + sizeof(T));
  std::memcpy(bytes.data() + at, &value, sizeof(T));
}

template <class T>
bool parse(const std::string& text, T& value) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end;
}

}  // namespace

void Column::mark(bool is_valid) {
  if (rows_ % 8 == 0) validity_.push_back(0);
  if (is_valid) validity_.back() = static_cast<uint8_t>(validity_.back() | 1u << (rows_ % 8));
  else ++nulls_;
  ++rows_;
}

void Column::append_null() {
  mark(false);
  if (kind_ == Kind::text) offsets_.push_back(static_cast<int32_t>(values_.size()));
  else append_bytes(values_, int64_t{0});
}

bool Column::append(const std::string& value) {
  int64_t whole = 0;
  double real = 0;
  if (kind_ == Kind::whole && !parse(value, whole)) return false;
  if (kind_ == Kind::real && !parse(value, real)) return false;
  mark(true);
  if (kind_ == Kind::whole) {
    append_bytes(values_, whole);
  } else if (kind_ == Kind::real) {
    append_bytes(values_, real);
  } else {
    values_.insert(values_.end(), value.begin(), value.end());
    offsets_.push_back(static_cast<int32_t>(values_.size()));
  }
  return true;
}

ArrowArray Column::take() {
  auto buffers = std::make_unique<Buffers>(Buffers{std::exchange(validity_, {}),
                                                   std::exchange(offsets_, {0}),
                                                   std::exchange(values_, {}),
                                                   {nullptr, nullptr, nullptr}});
  const bool is_text = kind_ == Kind::text;
  buffers->pointers[0] = nulls_ > 0 ? buffers->validity.data() : nullptr;
  buffers->pointers[1] = is_text ? static_cast<const void*>(buffers->offsets.data()) : buffers->values.data();
  buffers->pointers[2] = buffers->values.data();
  ArrowArray array = {};
  array.length = std::exchange(rows_, 0);
  array.null_count = std::exchange(nulls_, 0);
  array.n_buffers = is_text ? 3 : 2;
  array.buffers = buffers->pointers;
  array.release = release_buffers;
  array.private_data = buffers.release();  // freed by release_buffers
  return array;
}

}  // namespace aml_odbc
