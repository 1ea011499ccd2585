# RE2 as an archive, by the name of its file: as a shared library it would cost every start of amlprep a look-up and
# its relocations. cctz comes as a shared library only.
target_link_libraries(aml_prep PRIVATE -l:libre2.a cctz)
