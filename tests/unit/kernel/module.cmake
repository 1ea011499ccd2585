# Sanitizers add symbols of their own to every object.
if(TARGET aml_kernel_avx512 AND NOT AML_SANITIZE)
  add_test(NAME unit.kernel.symbols
           COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/unit/kernel/symbols.sh $<TARGET_OBJECTS:aml_kernel_avx2>
                   $<TARGET_OBJECTS:aml_kernel_avx512>
           COMMAND_EXPAND_LISTS)
endif()
