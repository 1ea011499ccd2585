// Owners for the three kinds of ODBC handles, and what a driver says about a failure.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <string>

namespace aml_odbc {

template <SQLSMALLINT kKind>
class Handle {
 public:
  Handle() = default;
  ~Handle() {
    if (handle_ != SQL_NULL_HANDLE) SQLFreeHandle(kKind, handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  bool make(SQLHANDLE parent) { return SQL_SUCCEEDED(SQLAllocHandle(kKind, parent, &handle_)); }
  SQLHANDLE get() const { return handle_; }

  // "SQLSTATE: text" of the first record, on one line.
  std::string reason() const {
    SQLCHAR state[6] = {};
    SQLCHAR text[1024] = {};
    SQLINTEGER number = 0;
    SQLSMALLINT length = 0;
    if (!SQL_SUCCEEDED(SQLGetDiagRec(kKind, handle_, 1, state, &number, text, sizeof(text), &length)))
      return "the driver gives no reason";
    std::string line = std::string(reinterpret_cast<char*>(state)) + ": " + reinterpret_cast<char*>(text);
    for (char& byte : line)
      if (byte == '\n' || byte == '\r') byte = ' ';
    return line;
  }

 private:
  SQLHANDLE handle_ = SQL_NULL_HANDLE;
};

// Ends the connection, if there is one, before the handle goes.
class Connection : public Handle<SQL_HANDLE_DBC> {
 public:
  ~Connection() {
    if (is_connected_) SQLDisconnect(get());
  }
  bool connect(const std::string& text) {
    auto* bytes = reinterpret_cast<SQLCHAR*>(const_cast<char*>(text.c_str()));
    is_connected_ = SQL_SUCCEEDED(SQLDriverConnect(get(), nullptr, bytes, static_cast<SQLSMALLINT>(text.size()),
                                                   nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT));
    return is_connected_;
  }

 private:
  bool is_connected_ = false;
};

}  // namespace aml_odbc
