# Plugins to load, in a folder of their own.
set(fixture_folder ${CMAKE_BINARY_DIR}/tests/plugins)
foreach(fixture "good:AML_TABLE_PLUGIN_VERSION" "future:AML_TABLE_PLUGIN_VERSION + 1")
  string(REPLACE ":" ";" fixture ${fixture})
  list(GET fixture 0 name)
  list(GET fixture 1 version)
  add_library(aml_fixture_${name} MODULE ${CMAKE_CURRENT_SOURCE_DIR}/unit/plugin/fixture_plugin.cpp)
  target_include_directories(aml_fixture_${name} PRIVATE ${CMAKE_SOURCE_DIR}/lib)
  target_compile_definitions(aml_fixture_${name} PRIVATE "FIXTURE_VERSION=${version}")
  set_target_properties(aml_fixture_${name} PROPERTIES PREFIX "" OUTPUT_NAME aml_${name} POSITION_INDEPENDENT_CODE ON
                        LIBRARY_OUTPUT_DIRECTORY ${fixture_folder})
  add_dependencies(test_plugin aml_fixture_${name})
endforeach()
target_compile_definitions(test_plugin PRIVATE FIXTURE_FOLDER="${fixture_folder}" PLUGIN_HEADERS="${CMAKE_SOURCE_DIR}/lib")
