// Header fields of a message: in the order they came, found by name without regard to case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aml::net {

class Headers {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  void remove(std::string_view name);
  void set(std::string_view name, std::string value);                 // the only field of that name
  std::optional<std::string_view> find(std::string_view name) const;  // the first; valid until the next change

  // Takes "Name: value" with any line end; lines without a colon are ignored.
  void add_line(std::string_view line);

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII

}  // namespace aml::net
