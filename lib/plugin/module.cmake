# From the folder above that of the programs, in the build tree as where it is installed.
file(RELATIVE_PATH plugin_folder ${CMAKE_INSTALL_FULL_BINDIR}/.. ${CMAKE_INSTALL_FULL_LIBDIR}/amltools/plugins)
target_compile_definitions(aml_plugin PRIVATE AML_PLUGIN_FOLDER="${plugin_folder}")
