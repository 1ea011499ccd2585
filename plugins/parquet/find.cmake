# Arrow C++ comes from the system (CMake packages Arrow and Parquet), or out of the pyarrow wheel of the Python that
# AML_PYARROW_PYTHON names, by default the one in the folder venv beside or in the build folder.
find_package(Arrow QUIET)
find_package(Parquet QUIET)
if(Arrow_FOUND AND Parquet_FOUND)
  aml_plugin(parquet LIBRARIES Parquet::parquet_shared Arrow::arrow_shared)
  return()
endif()

find_program(AML_PYARROW_PYTHON python3 PATHS ${CMAKE_BINARY_DIR}/venv/bin ${CMAKE_BINARY_DIR}/../venv/bin NO_DEFAULT_PATH)
set(pyarrow "")
if(AML_PYARROW_PYTHON)
  execute_process(COMMAND ${AML_PYARROW_PYTHON} -c "import pyarrow, os; print(os.path.dirname(pyarrow.__file__))"
                  OUTPUT_VARIABLE pyarrow OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
file(GLOB arrow_library ${pyarrow}/libarrow.so.*)
file(GLOB parquet_library ${pyarrow}/libparquet.so.*)
if(NOT pyarrow OR NOT arrow_library OR NOT parquet_library)
  message(STATUS "plugin parquet: not built, neither Arrow C++ nor pyarrow was found")
  return()
endif()
# Wheels are built against one of the two string ABIs of libstdc++; a plugin of the other would not load.
execute_process(COMMAND ${CMAKE_NM} -D ${arrow_library} COMMAND grep -c -m1 "ToString.*B5cxx11"
                OUTPUT_VARIABLE arrow_has_new_abi OUTPUT_STRIP_TRAILING_WHITESPACE)
# A package cannot depend on a wheel, so what is built against one is installed only when asked for.
option(AML_INSTALL_PYARROW_PLUGIN "install the parquet plugin although it needs the pyarrow it was built with" OFF)
set(no_install NO_INSTALL)
if(AML_INSTALL_PYARROW_PLUGIN)
  set(no_install "")
endif()
aml_plugin(parquet ${no_install} LIBRARIES ${parquet_library} ${arrow_library} INCLUDES ${pyarrow}/include RPATH ${pyarrow})
if(NOT arrow_has_new_abi)
  target_compile_definitions(aml_plugin_parquet PRIVATE _GLIBCXX_USE_CXX11_ABI=0)
endif()
