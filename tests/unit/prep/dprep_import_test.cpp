#include "prep/dprep_import.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "prep/package.h"
#include "temporary_folder.h"

using namespace aml;
using namespace aml::prep;

namespace {

std::string document(const std::string& blocks) {
  return R"({"schemaVersion":38,"activities":[{"id":"a1","name":"x","blocks":[)" + blocks + "]}]}";
}

std::string block(const std::string& type, const std::string& arguments) {
  return R"({"id":"b","type":"Microsoft.DPrep.)" + type + R"(","arguments":)" + arguments + "}";
}

struct Imported {
  ImportedPackage package;
  std::string steps;  // lines below "steps:"
};

Imported imported(const std::string& blocks) {
  const TemporaryFolder folder;
  folder.write("x.dprep", document(blocks));
  auto package = import_dprep(folder.path() / "x.dprep", 0);
  REQUIRE(package.ok());
  const std::string steps = package->yaml.substr(package->yaml.find("steps:\n") + 7);
  return {std::move(*package), steps};
}

std::string error_of(const std::string& text) {
  const TemporaryFolder folder;
  folder.write("x.dprep", text);
  const auto package = import_dprep(folder.path() / "x.dprep", 0);
  REQUIRE(!package.ok());
  return package.error().message.substr(folder.path().string().size() + 1);
}

}  // namespace

TEST_CASE("blocks that are known become steps") {
  CHECK(imported(block("ColumnRenameBlock", R"({"columnId":"a: b","newColumnId":"no"})")).steps ==
        "  - rename: {\"a: b\": \"no\"}\n");
  CHECK(imported(block("DeleteColumnBlock", R"({"columnIds":["a","b"]})")).steps == "  - drop: [a, b]\n");
  CHECK(imported(block("RemoveRowOnColumnMissingValuesBlock", R"({"columnIds":["a]","b"]})")).steps ==
        "  - filter: \"not is_missing([a]]]) and not is_missing([b])\"\n");
  CHECK(imported(block("FilterStringColumnBlock",
                       R"({"columnId":"s","filterResult":1,"clauseRelationship":1,"clauses":[{"operator":2}]})"))
            .steps == "  - filter: \"not is_missing([s]) and [s] != ''\"\n");
  CHECK(
      imported(
          block(
              "SetColumnTypesBlock",
              R"({"columnConversion":[{"columnId":"m","typeProperty":3,"typeArguments":{}},{"columnId":"d","typeProperty":4,
                           "typeArguments":{"dateTimeFormats":["%m/%d/%Y"]}}]})"))
          .steps == "  - cast: {m: number, d: {type: timestamp, formats: [\"%m/%d/%Y\"]}}\n");
}

TEST_CASE("the active sample is the one that counts") {
  const auto sample = [](const std::string& strategy) {
    return imported(block("SampleBlock",
                          R"({"activeSample":"s","samples":[{"sampleId":"r","sampleStrategy":9},{"sampleId":"s",)" +
                              strategy + "}]}"))
        .steps;
  };
  CHECK(sample(R"("sampleStrategy":0,"topArguments":{"sampleCount":500})") == "  - take: 500\n");
  CHECK(sample(R"("sampleStrategy":1,"randomNArguments":{"sampleCount":5,"seed":3})") ==
        "  - sample: {rows: 5, seed: 3}\n");
  CHECK(sample(R"("sampleStrategy":2,"randomPercentArguments":{"probability":0.25})") ==
        "  - sample: {percent: 25, seed: 0}\n");
  CHECK(sample(R"("sampleStrategy":3)") == "  - filter: \"true\"\n");
}

TEST_CASE("the source is read as it was, and unnamed columns get the names that are spoken of") {
  const Imported result = imported(
      block("DataSourceBlock", R"({"path":{"resourceDetails":[{"path":"./a.csv"}]}})") + "," +
      block("ParseDelimitedBlock", R"({"columnHeadersMode":0,"separator":"\t","fileEncoding":0,"skipRowsMode":0})") +
      "," + block("ColumnRenameBlock", R"({"columnId":"Column2","newColumnId":"b"})"));
  CHECK(result.package.data_paths == std::vector<std::string>{"./a.csv"});
  CHECK(result.package.yaml ==
        "# Made from x.dprep.\n# Its data: ./a.csv\nversion: 1\nsource:\n  format: csv\n  separator: tab\n  header: "
        "false\n"
        "  ragged: pad\nsteps:\n  - rename: {column2: Column2}\n  - rename: {Column2: b}\n");
}

TEST_CASE("what cannot be imported is named with advice, and the package still loads") {
  const Imported result =
      imported(block("CustomBlock", R"({"script":"x"})") + "," + block("Nonsense\\nBlock", "{}") + "," +
               block("FilterStringColumnBlock",
                     R"({"columnId":"a","filterResult":1,"clauses":[{"operator":7,"operand":"x"}]})"));
  REQUIRE(result.package.problems.size() == 3);
  CHECK(result.package.problems[0].block == "Microsoft.DPrep.CustomBlock");
  CHECK(result.package.problems[2].advice == "add a 'filter' step with its condition");
  CHECK(parse_package(result.package.yaml, "x").ok());
}

TEST_CASE("a reference is followed to the file beside") {
  const TemporaryFolder folder;
  folder.write("d.dsource", document(block("DataSourceBlock", R"({"path":{"resourceDetails":[{"path":"a.csv"}]}})")));
  const auto reference = [](const std::string& file, const std::string& id) {
    return document(block("ReferenceActivityBlock", R"({"reference":{"referenceContainerPath":")" + file +
                                                        R"(","referencedActivityId":")" + id + "\"}}"));
  };
  folder.write("x.dprep", "\xef\xbb\xbf" + reference(".\\\\d.dsource", "a1"));
  const auto package = import_dprep(folder.path() / "x.dprep", 0);
  REQUIRE(package.ok());
  CHECK(package->data_paths == std::vector<std::string>{"a.csv"});
  folder.write("x.dprep", reference("./d.dsource", "a2"));
  CHECK(!import_dprep(folder.path() / "x.dprep", 0).ok());
  folder.write("x.dprep", reference("gone.dsource", "a1"));
  CHECK(import_dprep(folder.path() / "x.dprep", 0).error().kind == ErrorKind::not_found);
  folder.write("x.dprep", reference("./x.dprep", "a1"));
  CHECK(import_dprep(folder.path() / "x.dprep", 0).error().message.find("more than 8 deep") != std::string::npos);
}

TEST_CASE("what is no package is refused") {
  CHECK(error_of("{}") == "x.dprep: no dataflow under 'activities'");
  CHECK(error_of("[").starts_with("x.dprep:1:"));
  const TemporaryFolder folder;
  folder.write("x.dprep", document(""));
  CHECK(import_dprep(folder.path() / "x.dprep", 1).error().kind == ErrorKind::not_found);
}

TEST_CASE("the packages of the original system load") {
  const char* data = std::getenv("AML_DATA");
  if (data == nullptr) {
    MESSAGE("skipped: AML_DATA does not name a folder");
    return;
  }
  for (const char* name :
       {"iris/iris.dprep", "iris/iris.dsource", "bikeshare/BostonWeather.dprep", "bikeshare/BostonWeather.dsource"}) {
    const auto package = import_dprep(Path(data) / "projects-2017" / name, 0);
    REQUIRE(package.ok());
    CHECK(package->problems.empty());
    CHECK(package->data_paths.size() == 1);
  }
}
