# RE2 as an archive, by the name of its file: as a shared library it would cost every start of amlprep a look-up and
# its relocations. cctz comes as a shared library only.
target_link_libraries(aml_prep PRIVATE -l:libre2.a cctz Threads::Threads)

# The driver of Python scripts travels inside the program, so that it is found wherever that is installed.
set(AML_TRANSFORM_DRIVER_FILE ${CMAKE_CURRENT_SOURCE_DIR}/python/aml/transform_driver.py)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${AML_TRANSFORM_DRIVER_FILE})
file(READ ${AML_TRANSFORM_DRIVER_FILE} AML_TRANSFORM_DRIVER)
configure_file(${CMAKE_CURRENT_SOURCE_DIR}/prep/transform_driver.h.in
               ${CMAKE_CURRENT_BINARY_DIR}/generated/prep/transform_driver.h @ONLY)
target_include_directories(aml_prep PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated)
