# unixODBC: Debian's unixodbc-dev. Drivers are found at run time.
find_path(AML_ODBC_INCLUDE sqlext.h)
find_library(AML_ODBC_LIBRARY odbc)
if(NOT AML_ODBC_INCLUDE OR NOT AML_ODBC_LIBRARY)
  message(STATUS "plugin odbc: not built, unixODBC was not found")
  return()
endif()
aml_plugin(odbc LIBRARIES ${AML_ODBC_LIBRARY} INCLUDES ${AML_ODBC_INCLUDE})
