target_compile_definitions(test_run PRIVATE AML_PYTHON_FOLDER="${CMAKE_SOURCE_DIR}/lib/python")
