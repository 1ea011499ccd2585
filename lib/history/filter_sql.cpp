#include <fmt/format.h>

#include "history/filter.h"

namespace aml::history {
namespace {

using store::SqlValue;

// GLOB minds case, LIKE of SQLite does not; the same pattern in GLOB's signs.
std::string glob_of(const std::string& pattern) {
  std::string glob;
  for (const char c : pattern) {
    if (c == '%') glob.push_back('*');
    else if (c == '_') glob.push_back('?');
    else if (c == '*' || c == '?' || c == '[') glob += {'[', c, ']'};
    else glob.push_back(c);
  }
  return glob;
}

SqlValue sql_value(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return SqlValue(*number);
  return SqlValue(std::get<std::string>(value));
}

const char* sign_of(Compare compare) {
  switch (compare) {
    case Compare::equal: return "=";
    case Compare::not_equal: return "<>";
    case Compare::less: return "<";
    case Compare::less_equal: return "<=";
    case Compare::greater: return ">";
    default: return ">=";
  }
}

// The columns of `runs`, or how they are worked out. Empty texts stand for "has none".
std::string column_of(Field field, Instant now) {
  switch (field) {
    case Field::id: return "runs.id";
    case Field::name: return "nullif(runs.name, '')";
    case Field::kind: return "nullif(runs.kind, '')";
    case Field::state: return "runs.state";
    case Field::host: return "nullif(runs.host, '')";
    case Field::user: return "nullif(runs.user, '')";
    case Field::target: return "nullif(runs.target, '')";
    case Field::argv: return "nullif(runs.argv, '')";
    case Field::git: return "nullif(runs.git, '')";
    case Field::snapshot: return "nullif(runs.snapshot, '')";
    case Field::parent: return "nullif(runs.parent, '')";
    case Field::exit_code: return "runs.exit_code";
    case Field::created: return "runs.created";
    case Field::started: return "runs.started";
    case Field::ended: return "runs.ended";
    case Field::duration: return "((runs.ended - runs.started) / 1000.0)";
    default: return fmt::format("(({} - runs.created) / 1000.0)", now.unix_ns / 1'000'000);
  }
}

const char* table_of(Field field) {
  if (field == Field::metric) return "metrics";
  return field == Field::param ? "params" : "tags";
}

bool is_keyed(Field field) { return field == Field::metric || field == Field::param || field == Field::tag; }

class Compiler {
 public:
  explicit Compiler(Instant now) : now_(now) {}

  std::string compile(const Filter& filter) {
    switch (filter.kind) {
      case Filter::Kind::all: return join(filter.parts, " AND ", "1");
      case Filter::Kind::any: return join(filter.parts, " OR ", "0");
      case Filter::Kind::negation: return fmt::format("NOT {}", compile(filter.parts.front()));
      case Filter::Kind::comparison: break;
    }
    return is_keyed(filter.operand.field) ? compile_keyed(filter) : compile_column(filter);
  }

  std::vector<SqlValue> take_values() { return std::move(values_); }

 private:
  std::string join(const std::vector<Filter>& parts, const char* between, const char* none) {
    if (parts.empty()) return none;
    std::string sql = "(";
    for (const Filter& part : parts) sql += (sql.size() == 1 ? "" : between) + compile(part);
    return sql + ")";
  }

  // A NULL comparison is false here, not unknown, so that NOT turns it round.
  std::string compile_column(const Filter& filter) {
    const std::string column = column_of(filter.operand.field, now_);
    if (filter.compare == Compare::is_null) return fmt::format("({} IS NULL)", column);
    return fmt::format("coalesce({}, 0)", test(column, filter));
  }

  std::string compile_keyed(const Filter& filter) {
    const char* table = table_of(filter.operand.field);
    values_.emplace_back(filter.operand.key);
    const std::string exists = fmt::format(
        "EXISTS(SELECT 1 FROM {0} f WHERE f.n = runs.n AND f.k = (SELECT k FROM keys WHERE key = ?)", table);
    if (filter.compare == Compare::is_null) return fmt::format("NOT {})", exists);
    return fmt::format("{} AND {})", exists, test(value_column(filter), filter));
  }

  static std::string value_column(const Filter& filter) {
    if (filter.operand.field == Field::metric) return "f.last";
    return std::holds_alternative<double>(filter.values.front()) ? "f.number" : "f.v";
  }

  std::string test(const std::string& column, const Filter& filter) {
    if (filter.compare == Compare::in) return test_in(column, filter);
    if (filter.compare == Compare::like) {
      values_.emplace_back(glob_of(std::get<std::string>(filter.values.front())));
      return fmt::format("{} GLOB ?", column);
    }
    values_.push_back(sql_value(filter.values.front()));
    if (filter.compare == Compare::ilike) return fmt::format("{} LIKE ?", column);
    return fmt::format("{} {} ?", column, sign_of(filter.compare));
  }

  // Texts and numbers may be mixed; each is compared in its own column.
  std::string test_in(const std::string& column, const Filter& filter) {
    const bool is_param = filter.operand.field == Field::param || filter.operand.field == Field::tag;
    std::string sql = "(";
    for (const Value& value : filter.values) {
      const char* own = std::holds_alternative<double>(value) ? "f.number" : "f.v";
      sql += fmt::format("{}{} = ?", sql.size() == 1 ? "" : " OR ", is_param ? own : column);
      values_.push_back(sql_value(value));
    }
    return sql + ")";
  }

  Instant now_;
  std::vector<SqlValue> values_;
};

}  // namespace

store::Selection compile_filter(const Filter& filter, Instant now) {
  Compiler compiler(now);
  store::Selection selection;
  selection.where = compiler.compile(filter);
  selection.values = compiler.take_values();
  return selection;
}

void compile_order(const std::vector<OrderKey>& keys, Instant now, store::Selection& selection) {
  if (keys.empty()) return;
  std::string sql;
  for (const OrderKey& key : keys) {
    const Field field = key.operand.field;
    std::string column = is_keyed(field) ? std::string() : column_of(field, now);
    if (is_keyed(field)) {
      column = fmt::format("(SELECT f.{} FROM {} f WHERE f.n = runs.n AND f.k = (SELECT k FROM keys WHERE key = ?))",
                           field == Field::metric ? "last" : "v", table_of(field));
      selection.order_values.emplace_back(key.operand.key);
    }
    sql += fmt::format("{} {} NULLS LAST, ", column, key.is_descending ? "DESC" : "ASC");
  }
  selection.order_by = sql + "runs.id DESC";
}

}  // namespace aml::history
