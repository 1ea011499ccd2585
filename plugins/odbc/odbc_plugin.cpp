// Queries through ODBC: the rows of the result as a stream of Arrow arrays. Whole numbers and floating point numbers
// are typed; everything else, decimals and dates included, is the driver's text.
#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "odbc/odbc_column.h"
#include "odbc/odbc_handles.h"
#include "plugin/aml_table_plugin.h"

namespace aml_odbc {
namespace {

constexpr size_t kPieceBytes = 4096;
constexpr size_t kValueBytesMax = size_t{256} << 20;
constexpr size_t kBatchBytesMax = size_t{16} << 20;  // of one column; with one more value still below 2 GiB

Kind kind_of(SQLSMALLINT type) {
  switch (type) {
    case SQL_TINYINT:
    case SQL_SMALLINT:
    case SQL_INTEGER:
    case SQL_BIGINT: return Kind::whole;
    case SQL_REAL:
    case SQL_FLOAT:
    case SQL_DOUBLE: return Kind::real;
    default: return Kind::text;
  }
}

// Inside the plugin failures are exceptions; they end at the functions of the interface.
class Query {
 public:
  explicit Query(const aml_table_source& source) : batch_rows_(source.batch_rows) {
    if (!environment_.make(SQL_NULL_HANDLE)) throw std::runtime_error("cannot start ODBC");
    SQLSetEnvAttr(environment_.get(), SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
    if (!connection_.make(environment_.get())) throw std::runtime_error("cannot start ODBC: " + environment_.reason());
    if (!connection_.connect(source.location)) throw std::runtime_error("cannot connect: " + connection_.reason());
    if (!statement_.make(connection_.get())) throw std::runtime_error(connection_.reason());
    const std::string query = source.query;
    auto* bytes = reinterpret_cast<SQLCHAR*>(const_cast<char*>(query.c_str()));
    if (!SQL_SUCCEEDED(SQLExecDirect(statement_.get(), bytes, static_cast<SQLINTEGER>(query.size()))))
      throw std::runtime_error("the query fails: " + statement_.reason());
    describe();
  }

  const std::vector<Column>& columns() const { return columns_; }

  // Collects rows in the columns; how many.
  int64_t fetch() {
    int64_t rows = 0;
    for (; rows < batch_rows_ && !is_large(); ++rows, ++row_) {
      const SQLRETURN status = SQLFetch(statement_.get());
      if (status == SQL_NO_DATA) break;
      if (!SQL_SUCCEEDED(status)) throw std::runtime_error("cannot fetch a row: " + statement_.reason());
      for (size_t i = 0; i < columns_.size(); ++i) fetch_value(i);
    }
    return rows;
  }
  std::vector<ArrowArray> take() {
    std::vector<ArrowArray> arrays;
    for (Column& column : columns_) arrays.push_back(column.take());
    return arrays;
  }

 private:
  void describe() {
    SQLSMALLINT count = 0;
    SQLNumResultCols(statement_.get(), &count);
    if (count <= 0) throw std::runtime_error("the query gives no rows, it is no select");
    for (SQLSMALLINT i = 1; i <= count; ++i) {
      std::array<SQLCHAR, 512> name = {};
      SQLSMALLINT name_bytes = 0, type = 0, decimals = 0, is_nullable = 0;
      SQLULEN size = 0;
      if (!SQL_SUCCEEDED(SQLDescribeCol(statement_.get(), static_cast<SQLUSMALLINT>(i), name.data(), name.size(),
                                        &name_bytes, &type, &size, &decimals, &is_nullable)))
        throw std::runtime_error("cannot describe the result: " + statement_.reason());
      columns_.emplace_back(reinterpret_cast<char*>(name.data()), kind_of(type));
    }
  }

  bool is_large() const {
    for (const Column& column : columns_)
      if (column.bytes() > kBatchBytesMax) return true;
    return false;
  }

  void fetch_value(size_t index) {
    Column& column = columns_[index];
    value_.clear();
    for (;;) {
      std::array<char, kPieceBytes> piece;
      SQLLEN length = 0;
      const SQLRETURN status = SQLGetData(statement_.get(), static_cast<SQLUSMALLINT>(index + 1), SQL_C_CHAR,
                                          piece.data(), static_cast<SQLLEN>(piece.size()), &length);
      if (status == SQL_NO_DATA) break;
      if (!SQL_SUCCEEDED(status))
        throw std::runtime_error("cannot read column '" + column.name() + "': " + statement_.reason());
      if (length == SQL_NULL_DATA) return column.append_null();
      const bool is_cut =
          status == SQL_SUCCESS_WITH_INFO && (length == SQL_NO_TOTAL || length >= static_cast<SQLLEN>(piece.size()));
      value_.append(piece.data(), is_cut ? piece.size() - 1 : static_cast<size_t>(length));
      if (value_.size() > kValueBytesMax)
        throw std::runtime_error("column '" + column.name() + "' holds a value above 256 MiB");
      if (!is_cut) break;
    }
    if (!column.append(value_))
      throw std::runtime_error("column '" + column.name() + "' is declared as a number, row " +
                               std::to_string(row_ + 1) + " holds '" + value_.substr(0, 40) +
                               "': cast it to text in the query");
  }

  Handle<SQL_HANDLE_ENV> environment_;
  Connection connection_;
  Handle<SQL_HANDLE_STMT> statement_;
  int64_t batch_rows_;
  int64_t row_ = 0;
  std::vector<Column> columns_;
  std::string value_;
};

struct Stream {
  explicit Stream(const aml_table_source& source) : query(source) {}
  Query query;
  std::string error;
};

Stream& stream_of(ArrowArrayStream* stream) { return *static_cast<Stream*>(stream->private_data); }

// What a schema or an array of several columns points to.
template <class T>
struct Children {
  std::vector<T> items;
  std::vector<T*> pointers;
  std::vector<std::string> names;
  const void* buffer = nullptr;

  void point() {
    for (T& item : items) pointers.push_back(&item);
  }
};

template <class T>
void release_children(T* parent) {
  auto* children = static_cast<Children<T>*>(parent->private_data);
  for (T& item : children->items)
    if (item.release != nullptr) item.release(&item);
  delete children;
  parent->release = nullptr;
}

void release_plain(ArrowSchema* schema) { schema->release = nullptr; }

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  auto children = std::make_unique<Children<ArrowSchema>>();
  for (const Column& column : stream_of(stream).query.columns()) children->names.push_back(column.name());
  size_t index = 0;
  for (const Column& column : stream_of(stream).query.columns()) {
    ArrowSchema field = {};
    field.format = column.format();
    field.name = children->names[index++].c_str();
    field.flags = ARROW_FLAG_NULLABLE;
    field.release = release_plain;
    children->items.push_back(field);
  }
  children->point();
  *out = {};
  out->format = "+s";
  out->name = "";
  out->n_children = static_cast<int64_t>(children->items.size());
  out->children = children->pointers.data();
  out->release = release_children<ArrowSchema>;
  out->private_data = children.release();
  return 0;
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  *out = {};
  try {
    Query& query = stream_of(stream).query;
    const int64_t rows = query.fetch();
    if (rows == 0) return 0;
    auto children = std::make_unique<Children<ArrowArray>>();
    children->items = query.take();
    children->point();
    out->length = rows;
    out->n_buffers = 1;
    out->buffers = &children->buffer;
    out->n_children = static_cast<int64_t>(children->items.size());
    out->children = children->pointers.data();
    out->release = release_children<ArrowArray>;
    out->private_data = children.release();
    return 0;
  } catch (const std::exception& thrown) {
    stream_of(stream).error = thrown.what();
    return 1;
  }
}

const char* last_error(ArrowArrayStream* stream) { return stream_of(stream).error.c_str(); }

void release_stream(ArrowArrayStream* stream) {
  delete &stream_of(stream);
  stream->release = nullptr;
}

int open(const aml_table_source* source, ArrowArrayStream* stream, aml_error error) {
  try {
    *stream = {get_schema, get_next, last_error, release_stream, new Stream(*source)};  // freed by release_stream
    return 0;
  } catch (const std::exception& thrown) {
    std::snprintf(error.text, error.size, "%s", thrown.what());
    return 1;
  }
}

constexpr aml_table_plugin kPlugin = {AML_TABLE_PLUGIN_VERSION,
                                      "odbc",
                                      "SQL queries, by unixODBC and its drivers",
                                      open,
                                      nullptr,
                                      nullptr,
                                      nullptr,
                                      nullptr};

}  // namespace
}  // namespace aml_odbc

extern "C" __attribute__((visibility("default"))) const struct aml_table_plugin* aml_table_plugin_v1() {
  return &aml_odbc::kPlugin;
}
