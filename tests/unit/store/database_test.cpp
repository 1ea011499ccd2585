#include "store/database.h"

#include <cmath>

#include "unit/store/fixture.h"

using namespace aml;
using namespace aml::store;

TEST_CASE("values of each type are bound in order and read back") {
  Database database = Database::open_in_memory().value();
  REQUIRE(database.execute("CREATE TABLE t (a, b, c, d)").ok());
  Statement insert = database.prepare("INSERT INTO t VALUES (?, ?, ?, ?)").value();
  const std::string text("a'b\0c", 5);
  CHECK(insert.bind(INT64_MIN).bind(0.1).bind(std::string_view(text)).bind(std::optional<int64_t>()).run().ok());
  CHECK(database.last_row_id() == 1);
  Statement select = database.prepare("SELECT a, b, c, d, d IS NULL, b = 0.1 FROM t").value();
  REQUIRE(select.step().value());
  CHECK(select.integer(0) == INT64_MIN);
  CHECK(select.text(2) == text);
  CHECK(select.text(3).empty());
  CHECK(select.integer(4) == 1);
  CHECK(select.integer(5) == 1);
  CHECK(!select.step().value());
}

TEST_CASE("NaN is no value in the database") {
  Database database = Database::open_in_memory().value();
  Statement statement = database.prepare("SELECT ? IS NULL, ? IS NULL").value();
  REQUIRE(statement.bind(std::nan("")).bind(SqlValue(HUGE_VAL)).step().value());
  CHECK(statement.integer(0) == 1);
  CHECK(statement.integer(1) == 0);
}

TEST_CASE("a statement that came to its end is used again with new values") {
  Database database = Database::open_in_memory().value();
  REQUIRE(database.execute("CREATE TABLE t (a)").ok());
  Statement insert = database.prepare("INSERT INTO t VALUES (?)").value();
  for (const int64_t value : {3, 4, 5}) REQUIRE(insert.bind(SqlValue(value)).run().ok());
  CHECK(database.integer("SELECT sum(a) FROM t").value() == 12);
}

TEST_CASE("mistakes are errors in SQLite's words, and a question without an answer is one") {
  Database database = Database::open_in_memory().value();
  CHECK(database.execute("CREATE TABLE").error().message == "index: incomplete input");
  CHECK(database.prepare("SELECT x FROM nowhere").error().message == "index: no such table: nowhere");
  CHECK(database.integer("SELECT 1 WHERE 0").error().message == "index: no row");
  REQUIRE(database.execute("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)").ok());
  Statement insert = database.prepare("INSERT INTO t VALUES (1)").value();
  CHECK(insert.run().error().message == "index: UNIQUE constraint failed: t.a");
}

TEST_CASE("a database file lasts, and one that is none is refused at the first question") {
  const TemporaryFolder folder;
  const Path path = folder.path() / "index.db";
  {
    Database database = Database::open(path).value();
    REQUIRE(database.execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)").ok());
  }
  CHECK(Database::open(path)->integer("SELECT a FROM t").value() == 7);
  folder.write("text.db", std::string(4096, 'x'));
  auto text = Database::open(folder.path() / "text.db");
  REQUIRE(text.ok());
  CHECK(text->integer("SELECT count(*) FROM sqlite_master").error().message == "index: file is not a database");
  CHECK(!Database::open(folder.path() / "no" / "such" / "index.db").ok());
}
