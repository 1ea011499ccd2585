// Result<T>: a value or an Error. Status is a Result without a value. TRY unwraps one or returns its error.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/error.h"

namespace aml {

template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit on purpose, so that a function can say `return value;` and `return Error{…};`.
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return AML_CHECK(ok()), std::get<0>(content_); }
  const T& value() const& { return AML_CHECK(ok()), std::get<0>(content_); }
  T&& value() && { return AML_CHECK(ok()), std::get<0>(std::move(content_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& { return AML_CHECK(!ok()), std::get<1>(content_); }
  Error&& error() && { return AML_CHECK(!ok()), std::get<1>(std::move(content_)); }

 private:
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  void value() const { AML_CHECK(ok()); }
  const Error& error() const& { return AML_CHECK(!ok()), *error_; }
  Error&& error() && { return AML_CHECK(!ok()), *std::move(error_); }

 private:
  std::optional<Error> error_;
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
