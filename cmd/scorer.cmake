# The scorer of images: static, stripped of what it does not call. The sanitizers cannot be linked statically.
add_executable(aml-scorer scorer.cpp)
target_link_libraries(aml-scorer PRIVATE aml_serve)
target_link_options(aml-scorer PRIVATE -Wl,--gc-sections -s)
if(NOT AML_SANITIZE)
  target_link_options(aml-scorer PRIVATE -static)
  # Shared libraries named by the modules are replaced by their archives.
  set_target_properties(aml-scorer PROPERTIES LINK_SEARCH_START_STATIC ON LINK_SEARCH_END_STATIC ON)
endif()
set_target_properties(aml-scorer PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/libexec/amltools)
install(TARGETS aml-scorer RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/amltools)
