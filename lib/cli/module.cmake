target_compile_definitions(aml_cli PRIVATE AML_VERSION="${PROJECT_VERSION}")
