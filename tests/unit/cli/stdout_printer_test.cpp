#include "cli/stdout_printer.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include "temporary_folder.h"

using namespace aml;
using namespace aml::cli;

namespace {

text::Fields thing(std::string id) {
  text::Fields record{"thing", id, {}};
  record.add("id", id);
  return record;
}

// What a printer with these options writes for two records, a line and an id.
std::string printed(PrinterOptions options) {
  os::Pipe pipe = os::make_pipe().value();
  options.fd = pipe.write_end.get();
  StdoutPrinter printer(options);
  REQUIRE(printer.record(thing("a")).ok());
  REQUIRE(printer.record(thing("b")).ok());
  REQUIRE(printer.line("a line").ok());
  REQUIRE(printer.id("an-id").ok());
  REQUIRE(printer.commit().ok());
  pipe.write_end.reset();
  return os::read_all(pipe.read_end.get(), "pipe", 65536).value();
}

}  // namespace

TEST_CASE("each form prints in its own way and keeps the order") {
  CHECK(printed({.form = Form::people, .is_list = true}) == "ID\na\nb\na line\nan-id\n");
  CHECK(printed({.form = Form::people}) == "id  a\n\nid  b\na line\nan-id\n");
  CHECK(printed({.form = Form::json}) ==
        "{\"type\":\"thing\",\"id\":\"a\"}\n{\"type\":\"thing\",\"id\":\"b\"}\n{\"type\":\"id\",\"id\":\"an-id\"}\n");
  CHECK(printed({.form = Form::ids}) == "a\nb\nan-id\n");
  CHECK(printed({.form = Form::ids, .null_terminated = true}) == std::string("a\0b\0an-id\0", 10));
}

TEST_CASE("the -o file appears at commit and not before") {
  const TemporaryFolder folder;
  const Path file = folder.path() / "out.csv";
  StdoutPrinter printer({});
  REQUIRE(printer.redirect(file.string(), os::Overwrite::no).ok());
  REQUIRE(printer.data().write("a,b\n").ok());
  REQUIRE(printer.flush().ok());
  CHECK(!os::path_exists(file));
  REQUIRE(printer.commit().ok());
  CHECK(os::read_file(file).value() == "a,b\n");
  CHECK(StdoutPrinter({}).redirect(file.string(), os::Overwrite::no).error().kind == ErrorKind::conflict);
}

TEST_CASE("binary data does not go to a terminal unless insisted on") {
  StdoutPrinter printer({.is_terminal = true});
  CHECK(printer.binary_data().error().kind == ErrorKind::usage);
  REQUIRE(printer.redirect("-", os::Overwrite::no).ok());
  CHECK(printer.binary_data().ok());
}

TEST_CASE("the first write error is remembered") {
  const os::UniqueFd full = os::open_file("/dev/full", O_WRONLY).value();
  StdoutPrinter printer({.form = Form::json, .fd = full.get()});
  REQUIRE(printer.record(thing("a")).ok());
  CHECK(printer.flush().error().kind == ErrorKind::system);
  CHECK(!printer.commit().ok());
}
