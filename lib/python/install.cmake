# The client module, where Debian's python3 looks for packages: below /usr in dist-packages of no version, below
# /usr/local in the same place of its own.
install(FILES ${CMAKE_CURRENT_LIST_DIR}/aml/aml.py DESTINATION lib/python3/dist-packages)
