// A small face for SQLite: a connection and its statements, with errors as Status. Only the index uses it.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "os/file.h"
#include "store/sql.h"

namespace aml::store {

class Statement {
 public:
  Statement() = default;

  Statement& bind(int64_t value);
  Statement& bind(double value);  // NaN becomes NULL, as SQLite has none
  Statement& bind(std::string_view value);
  Statement& bind(const SqlValue& value);
  Statement& bind(const std::optional<int64_t>& value);

  Result<bool> step();  // true: a row is there; resets itself at the end
  Status run();         // for statements without rows

  int64_t integer(int column) const;
  std::string text(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

class Database {
 public:
  static Result<Database> open(const Path& path);  // or create
  static Result<Database> open_in_memory();

  Status execute(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);
  Result<int64_t> integer(std::string_view sql);  // the first column of the only row
  int64_t last_row_id() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  static Result<Database> open_named(const std::string& name);
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace aml::store
