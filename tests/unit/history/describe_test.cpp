#include "history/describe.h"

#include <cmath>

#include "../store/fixture.h"

using namespace aml;
using namespace aml::history;
using namespace aml::store::test;

TEST_CASE("a list's line carries the facts as JSON and in short") {
  store::RunSummary run;
  run.id = run_id_at(0, 0xabcdef12);
  run.spec = spec_of(run.id);
  run.spec.name = "night";
  run.state = store::RunState::finished;
  run.started = Instant{1'700'000'001'000'000'000};
  run.ended = Instant{1'700'000'003'500'000'000};
  run.params = {{"lr", "0.1"}};
  run.metrics["acc"].last = 2.0 / 3;
  run.metrics["bad"].last = NAN;
  const text::Fields fields = describe(run, {1'700'000'060'000'000'000});
  CHECK(fields.id == run.id.text());
  CHECK(to_json(fields).dump() ==
        "{\"type\":\"run\",\"id\":\"" + run.id.text() +
            "\",\"state\":\"finished\",\"created\":\"2023-11-14T22:13:20Z\",\"duration_seconds\":2.5,"
            "\"name\":\"night\",\"kind\":\"submit\",\"metrics\":{\"acc\":0.6666666666666666,"
            "\"bad\":\"nan\"},\"params\":{\"lr\":\"0.1\"},\"tags\":{}}");
  std::vector<std::string> shown;
  for (const text::Field& field : fields.fields) shown.push_back(display_text(field));
  CHECK(shown == std::vector<std::string>{"abcdef12", "finished", "1m 00s ago", "2.5 s", "night", "submit",
                                          "acc=0.66667 bad=nan", "lr=0.1", "-"});
}

TEST_CASE("a run that is still going has lasted until now") {
  store::RunSummary run;
  run.id = run_id_at(0, 1);
  run.spec = spec_of(run.id);
  run.state = store::RunState::running;
  run.started = Instant{1'700'000'000'000'000'000};
  const auto duration = [&] { return describe(run, {1'700'000'009'000'000'000}).fields[3].value; };
  CHECK(duration().as_double() == 9);
  run.state = store::RunState::lost;
  CHECK(duration().is_null());
}

TEST_CASE("a full description leaves out what is not known") {
  store::RunSummary run;
  run.id = run_id_at(0, 1);
  run.spec.id = run.id;
  run.state = store::RunState::lost;
  run.reason = "reboot";
  run.damage = {"spec.json is missing"};
  const text::Json json = to_json(describe_fully(run, {}));
  CHECK(json["reason"].string() == "reboot");
  CHECK(json["problems"].items().front().string() == "spec.json is missing");
  CHECK(json.find("exit_code") == nullptr);
  CHECK(json.find("git") == nullptr);
}
