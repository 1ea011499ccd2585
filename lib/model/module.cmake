# The classes for ONNX's wire format come from the schema that libonnx-dev ships, made by protoc for the lite runtime.
find_program(AML_PROTOC protoc REQUIRED)
find_path(AML_ONNX_INCLUDE onnx/onnx.proto REQUIRED)
set(generated ${CMAKE_CURRENT_BINARY_DIR}/onnx_proto)
file(MAKE_DIRECTORY ${generated})
add_custom_command(
  OUTPUT ${generated}/onnx.pb.cc ${generated}/onnx.pb.h
  COMMAND ${AML_PROTOC} --cpp_out=lite:${generated} -I${AML_ONNX_INCLUDE}/onnx ${AML_ONNX_INCLUDE}/onnx/onnx.proto
  DEPENDS ${AML_ONNX_INCLUDE}/onnx/onnx.proto
  VERBATIM)
# A library of its own, so that generated code is compiled without our warnings and seen as a system header.
add_library(aml_onnx_proto STATIC ${generated}/onnx.pb.cc)
target_include_directories(aml_onnx_proto SYSTEM PUBLIC ${generated})
target_compile_options(aml_onnx_proto PRIVATE -w)
target_link_libraries(aml_onnx_proto PUBLIC protobuf-lite)
target_link_libraries(aml_model PRIVATE aml_onnx_proto)
