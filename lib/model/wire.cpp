#include "model/wire.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "model/element.h"

// Numbers are written as raw_data, which ONNX defines to be little-endian, and read from there or from the typed
// fields (float_data, int32_data for everything up to 32 bits, …).
static_assert(std::endian::native == std::endian::little);

namespace aml::model {
namespace {

Error mismatch(const onnx::TensorProto& proto, size_t wanted, size_t found) {
  return {ErrorKind::bad_data,
          fmt::format("tensor '{}' holds {} elements, its shape says {}", proto.name(), found, wanted)};
}

template <class T>
Result<std::vector<T>> read_raw(const onnx::TensorProto& proto, size_t count) {
  const std::string& raw = proto.raw_data();
  if (raw.size() != count * sizeof(T)) return mismatch(proto, count, raw.size() / sizeof(T));
  std::vector<T> values(count);
  if (count != 0) std::memcpy(values.data(), raw.data(), raw.size());
  return values;
}

template <class T, class Field>
Result<std::vector<T>> read_field(const onnx::TensorProto& proto, const Field& field, size_t count) {
  if (static_cast<size_t>(field.size()) != count) {
    return mismatch(proto, count, static_cast<size_t>(field.size()));
  }
  std::vector<T> values(count);
  for (size_t i = 0; i < count; ++i) values[i] = static_cast<T>(field.Get(static_cast<int>(i)));
  return values;
}

template <class T>
Result<std::vector<T>> read_typed(const onnx::TensorProto& proto, size_t count) {
  if constexpr (std::is_same_v<T, float>) {
    return read_field<T>(proto, proto.float_data(), count);
  } else if constexpr (std::is_same_v<T, double>) {
    return read_field<T>(proto, proto.double_data(), count);
  } else if constexpr (std::is_same_v<T, int64_t>) {
    return read_field<T>(proto, proto.int64_data(), count);
  } else if constexpr (std::is_same_v<T, uint64_t> || std::is_same_v<T, uint32_t>) {
    return read_field<T>(proto, proto.uint64_data(), count);
  } else {
    return read_field<T>(proto, proto.int32_data(), count);
  }
}

Result<Tensor> read_strings(const onnx::TensorProto& proto, Shape shape, size_t count) {
  if (static_cast<size_t>(proto.string_data_size()) != count) {
    return mismatch(proto, count, static_cast<size_t>(proto.string_data_size()));
  }
  std::vector<std::string> values(proto.string_data().begin(), proto.string_data().end());
  return Tensor(ElementType::string, std::move(shape), std::move(values));
}

}  // namespace

std::optional<ElementType> element_type_from(int number) {
  const bool is_known = (number >= 1 && number <= 13) || number == 16;
  if (!is_known) return std::nullopt;
  return static_cast<ElementType>(number);
}

void write_tensor(const Tensor& tensor, onnx::TensorProto& proto) {
  proto.set_data_type(static_cast<int>(tensor.type()));
  for (const int64_t size : tensor.shape()) proto.add_dims(size);
  if (tensor.type() == ElementType::string) {
    for (const std::string& text : tensor.values<std::string>()) proto.add_string_data(text);
    return;
  }
  visit_element(tensor.type(), [&]<class T>(std::type_identity<T>) {
    const auto values = tensor.values<T>();
    if constexpr (!std::is_same_v<T, std::string>) {
      proto.set_raw_data(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    }
  });
}

Result<Tensor> read_tensor(const onnx::TensorProto& proto, size_t elements_max) {
  const auto type = element_type_from(proto.data_type());
  if (!type) {
    return Error{ErrorKind::bad_data,
                 fmt::format("tensor '{}' has the unsupported element type {}", proto.name(), proto.data_type())};
  }
  if (proto.data_location() == onnx::TensorProto::EXTERNAL || proto.external_data_size() != 0) {
    return Error{ErrorKind::bad_data, fmt::format("tensor '{}' keeps its data in another file", proto.name()),
                 "save the model as one file, without external data"};
  }
  if (proto.has_segment()) {
    return Error{ErrorKind::bad_data, fmt::format("tensor '{}' is stored in segments", proto.name())};
  }
  Shape shape(proto.dims().begin(), proto.dims().end());
  const auto count = element_count(shape);
  if (!count || *count > elements_max) {
    return Error{ErrorKind::bad_data,
                 fmt::format("tensor '{}' has the impossible or too large shape {}", proto.name(), to_text(shape))};
  }
  if (*type == ElementType::string) return read_strings(proto, std::move(shape), *count);
  return visit_element(*type, [&]<class T>(std::type_identity<T>) -> Result<Tensor> {
    if constexpr (std::is_same_v<T, std::string>) {
      return Error{ErrorKind::bad_data, "unreachable"};
    } else {
      auto values = proto.has_raw_data() ? TRY(read_raw<T>(proto, *count)) : TRY(read_typed<T>(proto, *count));
      return Tensor(*type, std::move(shape), std::move(values));
    }
  });
}

}  // namespace aml::model
