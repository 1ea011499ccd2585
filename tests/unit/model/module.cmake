# Tests build hostile models with the wire format's own classes.
target_link_libraries(test_model PRIVATE aml_onnx_proto)
