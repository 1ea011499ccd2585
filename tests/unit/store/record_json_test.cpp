#include "store/record_json.h"

#include "store/format.h"
#include "unit/store/fixture.h"

using namespace aml;
using namespace aml::store;

namespace {

using Texts = std::vector<std::string>;
using Params = std::vector<std::pair<std::string, std::string>>;

text::Json parsed(std::string_view json) { return text::parse_json(json).value(); }

}  // namespace

TEST_CASE("members without a value are left out") {
  text::Json object = text::Json::object();
  add_text(object, "name", "");
  add_instant(object, "started", {});
  add_digest(object, "snapshot", {});
  CHECK(object.dump() == "{}");
  add_text(object, "name", "night");
  add_instant(object, "started", {1'700'000'000'500'000'000});
  add_digest(object, "snapshot", sha256(""));
  CHECK(object.dump() == R"({"name":"night","started":"2023-11-14T22:13:20.500Z",)"
                         R"("snapshot":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"})");
}

TEST_CASE("what was added comes back") {
  text::Json object = text::Json::object();
  const Instant time{1'700'000'000'123'456'789};
  add_instant(object, "time", time);
  add_digest(object, "digest", sha256("x"));
  const RunId id = RunId::make(time, {1, 2});
  object.set("id", id.text()).set("words", texts_json({"a", ""})).set("params", params_json({{"b", "2"}, {"a", "1"}}));
  CHECK(instant_member(object, "time") == time);
  CHECK(digest_member(object, "digest") == sha256("x"));
  CHECK(run_id_member(object, "id") == id);
  CHECK(texts_member(object, "words") == Texts{"a", ""});
  CHECK(params_member(object, "params") == Params{{"b", "2"}, {"a", "1"}});
}

TEST_CASE("a member that is missing or of another type is the zero value") {
  for (const text::Json& object :
       {parsed("{}"), parsed("[]"), parsed(R"({"m":true})"), parsed(R"({"m":"no such thing"})")}) {
    CHECK(!uint_member(object, "m").has_value());
    CHECK(double_member(object, "m") == 0);
    CHECK(instant_member(object, "m").unix_ns == 0);
    CHECK(!digest_member(object, "m").has_value());
    CHECK(!run_id_member(object, "m").has_value());
    CHECK(texts_member(object, "m") == Texts{});
    CHECK(params_member(object, "m") == Params{});
  }
}

TEST_CASE("counts are whole and not negative, up to the largest") {
  CHECK(uint_member(parsed(R"({"m":18446744073709551615})"), "m") == UINT64_MAX);
  CHECK(uint_member(parsed(R"({"m":0})"), "m") == 0);
  for (const char* json :
       {R"({"m":-1})", R"({"m":1.5})", R"({"m":1e3})", R"({"m":18446744073709551616})", R"({"m":"1"})"})
    CHECK_MESSAGE(!uint_member(parsed(json), "m").has_value(), json);
}

TEST_CASE("params that are no text keep their JSON form") {
  CHECK(params_member(parsed(R"({"m":{"lr":0.1,"on":true,"of":[1,2]}})"), "m") ==
        Params{{"lr", "0.1"}, {"on", "true"}, {"of", "[1,2]"}});
}

TEST_CASE("a record file that is not there is nothing, one that is too large an error") {
  const TemporaryFolder folder;
  CHECK(read_record_file(folder.path() / "none").value() == std::nullopt);
  folder.write("some", "{}");
  CHECK(read_record_file(folder.path() / "some").value() == "{}");
  folder.write("large", std::string(kRecordFileBytesMax + 1, ' '));
  CHECK(!read_record_file(folder.path() / "large").ok());
}
