#include "store/database.h"

#include <fmt/format.h>

namespace aml::store {
namespace {

constexpr int kBusyTimeoutMs = 2000;

Error error_of(sqlite3* handle) { return Error{ErrorKind::system, fmt::format("index: {}", sqlite3_errmsg(handle))}; }

}  // namespace

Statement& Statement::bind(int64_t value) {
  sqlite3_bind_int64(statement_.get(), ++bound_, value);
  return *this;
}

Statement& Statement::bind(double value) {
  sqlite3_bind_double(statement_.get(), ++bound_, value);
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  sqlite3_bind_text64(statement_.get(), ++bound_, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(const SqlValue& value) {
  if (const auto* integer = std::get_if<int64_t>(&value)) return bind(*integer);
  if (const auto* number = std::get_if<double>(&value)) return bind(*number);
  return bind(std::string_view(std::get<std::string>(value)));
}

Statement& Statement::bind(const std::optional<int64_t>& value) {
  if (value) return bind(*value);
  sqlite3_bind_null(statement_.get(), ++bound_);
  return *this;
}

Result<bool> Statement::step() {
  bound_ = 0;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement_.get());
  if (code == SQLITE_DONE) return false;
  return error_of(sqlite3_db_handle(statement_.get()));
}

Status Statement::run() {
  while (TRY(step())) continue;
  return {};
}

int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

std::string Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  return std::string(text, static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

Result<Database> Database::open(const Path& path) { return open_named(path.string()); }

Result<Database> Database::open_in_memory() { return open_named(":memory:"); }

Result<Database> Database::open_named(const std::string& name) {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(name.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database;
  database.handle_.reset(handle);
  if (code != SQLITE_OK) return error_of(handle);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  return database;
}

Status Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return error_of(handle_.get());
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK)
    return error_of(handle_.get());
  Statement statement;
  statement.statement_.reset(raw);
  return statement;
}

Result<int64_t> Database::integer(std::string_view sql) {
  Statement statement = TRY(prepare(sql));
  if (!TRY(statement.step())) return Error{ErrorKind::system, "index: no row"};
  return statement.integer(0);
}

int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

}  // namespace aml::store
