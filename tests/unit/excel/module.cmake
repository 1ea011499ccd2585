# The tests pack their own archives.
target_link_libraries(test_excel PRIVATE z)
