// YAML as a tree whose every node knows its line and column, so that an error in a file people write by hand can
// point at the place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "text/json.h"

namespace aml::text {

class Yaml {
 public:
  enum class Kind : uint8_t { null, scalar, sequence, mapping };
  struct Entry;

  // Not inline: a node holds nodes.
  Yaml();
  Yaml(const Yaml& other);
  Yaml(Yaml&& other) noexcept;
  Yaml& operator=(const Yaml& other);
  Yaml& operator=(Yaml&& other) noexcept;
  ~Yaml();

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::null; }
  bool is_scalar() const { return kind_ == Kind::scalar; }
  bool is_quoted() const { return is_quoted_; }  // "yes" and '1' are strings, yes and 1 are not
  const std::string& scalar() const { return scalar_; }
  const std::vector<Yaml>& items() const { return items_; }
  const std::vector<Entry>& entries() const { return entries_; }
  const Yaml* find(std::string_view key) const;

  std::optional<bool> as_bool() const;  // true or false, unquoted
  std::optional<int64_t> as_int() const;
  std::optional<double> as_double() const;

  const std::string& name() const { return name_; }  // of the file
  int line() const { return line_; }
  int column() const { return column_; }
  std::string place() const;                                      // "file.yaml:7:3"
  Error error(std::string message, std::string hint = {}) const;  // bad_data: "file.yaml:7:3: message"

  Json to_json() const;  // plain scalars become numbers, booleans and null by YAML's core schema

 private:
  friend class YamlReader;
  Kind kind_ = Kind::null;
  bool is_quoted_ = false;
  std::string scalar_;
  std::vector<Yaml> items_;
  std::vector<Entry> entries_;
  std::string name_;
  int line_ = 0;
  int column_ = 0;
};

struct Yaml::Entry {
  std::string key;
  int key_line = 0;
  int key_column = 0;
  Yaml value;
};

// One document. Duplicate keys, aliases beyond a small limit, and nesting beyond 64 are bad data.
Result<Yaml> parse_yaml(std::string_view text, std::string_view name);

// Checks that `node` is a mapping with no keys but `known`; names the place and the nearest known key otherwise.
Status check_keys(const Yaml& node, const std::vector<std::string>& known, std::string_view what);

}  // namespace aml::text
