#include "excel/zip_archive.h"

#include "unit/excel/excel_testing.h"

using namespace aml;
using namespace aml::excel;
using excel::testing::zip_of;

namespace {

Result<std::string> read_entry(const std::string& bytes, std::string_view name) {
  const auto archive = TRY(ZipArchive::open(make_random_source(bytes, "a.zip")));
  const ZipEntry* entry = archive.find(name);
  if (entry == nullptr) return Error{ErrorKind::not_found, "no entry"};
  const auto source = TRY(archive.open_entry(*entry));
  std::string all;
  for (;;) {
    const std::string_view piece = TRY(source->read());
    if (piece.empty()) return all;
    all.append(piece);
  }
}

std::string message(const Result<std::string>& result) { return result.ok() ? "no error" : result.error().message; }

// An archive of one deflated entry that declares `declared` bytes.
std::string deflated(const std::string& content, uint32_t declared) {
  std::string packed(compressBound(content.size()), '\0');
  z_stream stream = {};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  std::string bytes = zip_of({{"x", packed}});
  const size_t directory = bytes.find("PK\x01\x02");
  bytes[directory + 10] = 8;
  std::string numbers;
  excel::testing::append_number(numbers, excel::testing::checksum(content), 4);
  excel::testing::append_number(numbers, packed.size(), 4);
  excel::testing::append_number(numbers, declared, 4);
  return bytes.replace(directory + 16, 12, numbers);
}

}  // namespace

TEST_CASE("entries are found without regard to case and slashes") {
  const std::string bytes = zip_of({{"xl/a.xml", "one"}, {"XL\\B.xml", "two"}, {"empty", ""}});
  CHECK(*read_entry(bytes, "XL/A.XML") == "one");
  CHECK(*read_entry(bytes, "xl/b.xml") == "two");
  CHECK(*read_entry(bytes, "empty") == "");
  CHECK(message(read_entry(bytes, "c")) == "no entry");
}

TEST_CASE("a comment may follow the archive") {
  std::string bytes = zip_of({{"a", "one"}});
  bytes[bytes.size() - 2] = 7;
  CHECK(*read_entry(bytes + "comment", "a") == "one");
}

TEST_CASE("deflated entries are unpacked and checked") {
  const std::string content(200000, 'x');
  CHECK(*read_entry(deflated(content, 200000), "x") == content);
  CHECK(message(read_entry(deflated(content, 1000), "x")) ==
        "'a.zip' is a damaged ZIP archive: entry 'x' unpacks to more than it declares");
  CHECK(message(read_entry(deflated(content, 300000), "x")) ==
        "'a.zip' is a damaged ZIP archive: entry 'x' fails its checksum");
}

TEST_CASE("a bomb is refused before it is unpacked") {
  const std::string zeros(size_t{80} << 20, '\0');
  CHECK(message(read_entry(deflated(zeros, uint32_t{80} << 20), "x")) ==
        "'a.zip' is a damaged ZIP archive: entry 'x' unpacks to more than 400 times its size: this is no workbook but "
        "an attack");
}

TEST_CASE("damaged archives are named") {
  const std::string good = zip_of({{"a", "content"}});
  CHECK(message(read_entry(good.substr(0, good.size() - 10), "a")) ==
        "'a.zip' is a damaged ZIP archive: its directory is missing, the file may be cut short");
  std::string changed = good;
  changed[changed.find("content")] = 'C';
  CHECK(message(read_entry(changed, "a")) == "'a.zip' is a damaged ZIP archive: entry 'a' fails its checksum");
  std::string encrypted = good;
  encrypted[encrypted.find("PK\x01\x02") + 8] = 1;
  CHECK(message(read_entry(encrypted, "a")) == "'a.zip' is protected by a password");
  std::string far_away = good;
  far_away[far_away.find("PK\x01\x02") + 44] = 1;
  CHECK(message(read_entry(far_away, "a")).starts_with("'a.zip' is cut short: 30 bytes wanted at byte 65536"));
  CHECK(message(read_entry("", "a")) ==
        "'a.zip' is a damaged ZIP archive: its directory is missing, the file may be cut short");
}
