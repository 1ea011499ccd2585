// What kind of thing a descriptor is: a terminal or not, and how wide.
#pragma once

namespace aml::os {
bool is_terminal(int fd);
int terminal_columns(int fd);  // 80 when unknown
}  // namespace aml::os
