# The extraction tests write hostile archives, which our own writer refuses to.
target_link_libraries(test_archive PRIVATE archive)
