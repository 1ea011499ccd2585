# Man pages and completions, into the places where man and the shells look without being told.
file(GLOB pages_1 CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.1)
file(GLOB pages_5 CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.5)
file(GLOB pages_7 CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/man/*.7)
foreach(section 1 5 7)
  install(FILES ${pages_${section}} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()

file(GLOB bash_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/completions/*.bash)
foreach(file ${bash_files})
  cmake_path(GET file STEM tool)
  install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ${tool})
endforeach()

file(GLOB fish_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/completions/*.fish)
install(FILES ${fish_files} DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# Debian's zsh looks in vendor-completions below /usr and in site-functions below /usr/local; which prefix it is shows
# only when installing, because packaging sets its own.
file(GLOB zsh_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/completions/_*)
install(CODE "
  set(folder site-functions)
  if(CMAKE_INSTALL_PREFIX MATCHES \"/usr$\")
    set(folder vendor-completions)
  endif()
  file(INSTALL ${zsh_files} DESTINATION \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/zsh/\${folder}\")")
