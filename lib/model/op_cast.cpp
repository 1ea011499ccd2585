// Cast and CastLike.
#include "model/convert.h"
#include "model/operators.h"
#include "model/wire.h"

namespace aml::model {
namespace {

Result<Kernel> compile_cast(Node& node) {
  const int64_t number = TRY(node.integer("to", 0));
  node.ignore("saturate");  // speaks about 8-bit floating types only, which we do not have
  const auto type = number > 0 && number < 64 ? element_type_from(static_cast<int>(number)) : std::nullopt;
  if (!type) return data_error("element type {} is not supported", number);
  return Kernel([type = *type](const Inputs& in) -> Result<Tensors> { return Tensors{TRY(convert(in[0], type))}; });
}

Result<Kernel> compile_cast_like(Node& node) {
  node.ignore("saturate");
  return Kernel([](const Inputs& in) -> Result<Tensors> { return Tensors{TRY(convert(in[0], in[1].type()))}; });
}

constexpr Operator kOperators[] = {
    {"", "Cast", 6, 1, 1, compile_cast},
    {"", "CastLike", 15, 2, 2, compile_cast_like},
};

}  // namespace

std::span<const Operator> cast_operators() { return kOperators; }

}  // namespace aml::model
