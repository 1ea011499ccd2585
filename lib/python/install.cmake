# The package aml, where Debian's python3 looks for packages: in a folder of no version below /usr, in one of its
# version below /usr/local. Which of the two is known when it is installed.
find_program(AML_PYTHON3 python3 PATHS /usr/bin NO_DEFAULT_PATH)
set(AML_PYTHON_VERSION 3)
if(AML_PYTHON3)
  execute_process(COMMAND ${AML_PYTHON3} -c "import sys; print('%d.%d' % sys.version_info[:2])"
                  OUTPUT_VARIABLE AML_PYTHON_VERSION OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
install(CODE "
  set(python python3)
  if(CMAKE_INSTALL_PREFIX MATCHES \"/local/?$\")
    set(python python${AML_PYTHON_VERSION})
  endif()
  file(INSTALL DESTINATION \"\${CMAKE_INSTALL_PREFIX}/lib/\${python}/dist-packages/aml\" TYPE FILE
       FILES \"${CMAKE_CURRENT_LIST_DIR}/aml/__init__.py\" \"${CMAKE_CURRENT_LIST_DIR}/aml/prep.py\")")
