target_link_libraries(aml_archive PRIVATE z)
