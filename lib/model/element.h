// From an element type known at run time to a C++ type known at compile time: one switch for the whole module.
#pragma once

#include <type_traits>
#include <utility>

#include "model/tensor.h"

namespace aml::model {

// Calls visit(std::type_identity<T>{}) with the C++ type of `type`; the caller has checked that it is not undefined.
// boolean arrives as uint8_t, the 16-bit floating kinds as uint16_t.
template <class Visit>
decltype(auto) visit_element(ElementType type, Visit&& visit) {
  switch (type) {
    case ElementType::float32: return visit(std::type_identity<float>{});
    case ElementType::float64: return visit(std::type_identity<double>{});
    case ElementType::int64: return visit(std::type_identity<int64_t>{});
    case ElementType::int32: return visit(std::type_identity<int32_t>{});
    case ElementType::int16: return visit(std::type_identity<int16_t>{});
    case ElementType::int8: return visit(std::type_identity<int8_t>{});
    case ElementType::uint64: return visit(std::type_identity<uint64_t>{});
    case ElementType::uint32: return visit(std::type_identity<uint32_t>{});
    case ElementType::float16:
    case ElementType::bfloat16:
    case ElementType::uint16: return visit(std::type_identity<uint16_t>{});
    case ElementType::boolean:
    case ElementType::uint8: return visit(std::type_identity<uint8_t>{});
    case ElementType::string: return visit(std::type_identity<std::string>{});
    case ElementType::undefined: break;
  }
  AML_CHECK(type != ElementType::undefined);
  std::abort();
}

// Real and integer numbers only (not the 16-bit floating kinds); the caller has checked with is_computable().
inline bool is_computable(ElementType type) {
  return is_numeric(type) && type != ElementType::float16 && type != ElementType::bfloat16;
}

template <class Visit>
decltype(auto) visit_number(ElementType type, Visit&& visit) {
  switch (type) {
    case ElementType::float32: return visit(std::type_identity<float>{});
    case ElementType::float64: return visit(std::type_identity<double>{});
    case ElementType::int64: return visit(std::type_identity<int64_t>{});
    case ElementType::int32: return visit(std::type_identity<int32_t>{});
    case ElementType::int16: return visit(std::type_identity<int16_t>{});
    case ElementType::int8: return visit(std::type_identity<int8_t>{});
    case ElementType::uint64: return visit(std::type_identity<uint64_t>{});
    case ElementType::uint32: return visit(std::type_identity<uint32_t>{});
    case ElementType::uint16: return visit(std::type_identity<uint16_t>{});
    case ElementType::uint8: return visit(std::type_identity<uint8_t>{});
    default: break;
  }
  AML_CHECK(is_computable(type));
  std::abort();
}

}  // namespace aml::model
