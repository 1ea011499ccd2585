// Result<T>: a value or an Error. Status is a Result without a value. TRY unwraps one or returns its error.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace aml {
namespace detail {

// An error is rare and large, so a result carries one pointer for it, and what is done with it is compiled once.
struct ErrorDeleter {
  void operator()(const Error* error) const;
};
using ErrorPtr = std::unique_ptr<Error, ErrorDeleter>;
ErrorPtr make_error(Error&& error);

}  // namespace detail

template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit on purpose, so that a function can say `return value;` and `return Error{…};`.
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(detail::make_error(std::move(error))) {}

  bool ok() const { return value_.has_value(); }
  explicit operator bool() const { return ok(); }

  T& value() & { return AML_CHECK(ok()), *value_; }
  const T& value() const& { return AML_CHECK(ok()), *value_; }
  T&& value() && { return AML_CHECK(ok()), *std::move(value_); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& { return AML_CHECK(!ok()), *error_; }
  Error&& error() && { return AML_CHECK(!ok()), std::move(*error_); }

 private:
  std::optional<T> value_;
  detail::ErrorPtr error_;  // set where there is no value
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(detail::make_error(std::move(error))) {}

  bool ok() const { return error_ == nullptr; }
  explicit operator bool() const { return ok(); }
  void value() const { AML_CHECK(ok()); }
  const Error& error() const& { return AML_CHECK(!ok()), *error_; }
  Error&& error() && { return AML_CHECK(!ok()), std::move(*error_); }

 private:
  detail::ErrorPtr error_;
};

using Status = Result<void>;

// Puts "context: " in front of the message of a failed result, where the caller knows something the callee did not.
template <class T>
Result<T> with_context(Result<T> result, std::string_view context) {
  if (result.ok()) return result;
  Error error = std::move(result).error();
  error.message = std::string(context) + ": " + error.message;
  return error;
}

}  // namespace aml

// auto text = TRY(os::read_file(path));   TRY(out.flush());   for (auto& x : TRY(list())) …
// Not inside the braces of an aggregate behind a member that owns something: when TRY returns from there, compilers
// forget to destroy the members made so far. Give the value a name first.
// A statement expression with a counted name: nests, and is silent under -Wpedantic and -Wshadow (g++ 12, clang 14).
#define AML_TRY_NAMED(name, expression)             \
  __extension__({                                   \
    auto name = (expression);                       \
    if (!name.ok()) return std::move(name).error(); \
    std::move(name).value();                        \
  })
#define AML_TRY_COUNTED(counter, expression) AML_TRY_NAMED(aml_try_##counter, expression)
#define AML_TRY_EXPAND(counter, expression) AML_TRY_COUNTED(counter, expression)
#define TRY(...) AML_TRY_EXPAND(__COUNTER__, (__VA_ARGS__))
