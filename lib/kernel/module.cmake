# The sources in levels/ are compiled once per instruction set, into a namespace of that name; kernel/level.h chooses
# at run time. No ifunc and no global constructor, so this works in static binaries and under sanitizers.
file(GLOB AML_KERNEL_LEVEL_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/kernel/levels/*.cpp)

function(aml_kernel_level level)
  add_library(aml_kernel_${level} OBJECT ${AML_KERNEL_LEVEL_SOURCES})
  target_include_directories(aml_kernel_${level} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_definitions(aml_kernel_${level} PRIVATE AML_KERNEL_LEVEL=${level})
  # -Wpsabi warns that wide vectors are passed differently per level; they never leave their source file.
  target_compile_options(aml_kernel_${level} PRIVATE -O3 -Wno-psabi ${ARGN})
  target_sources(aml_kernel PRIVATE $<TARGET_OBJECTS:aml_kernel_${level}>)
endfunction()

aml_kernel_level(baseline)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64")
  aml_kernel_level(avx2 -mavx2 -mbmi -mbmi2)
  aml_kernel_level(avx512 -mavx2 -mbmi -mbmi2 -mavx512f -mavx512dq -mavx512bw -mavx512vl -mprefer-vector-width=512)
  target_compile_definitions(aml_kernel PRIVATE AML_KERNEL_X86_LEVELS=1)
else()
  target_compile_definitions(aml_kernel PRIVATE AML_KERNEL_X86_LEVELS=0)
endif()
