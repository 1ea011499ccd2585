#include "serve/telemetry.h"

#include <doctest/doctest.h>

using aml::serve::Telemetry;

TEST_CASE("counts and durations come out in Prometheus' text format") {
  Telemetry telemetry("penguins", "1", "sha256:\"x\"", {1'500'000'000});
  telemetry.count_request("/score", 200, 200'000);
  telemetry.count_request("/score", 200, 2'000'000'000);
  telemetry.count_request("other", 404, 1);
  telemetry.count_inference(3, 50'000);
  telemetry.count_refusal(413);
  const std::string text = telemetry.text();
  for (const char* line :
       {"aml_model_info{model=\"penguins\",version=\"1\",digest=\"sha256:\\\"x\\\"\"} 1\n",
        "aml_requests_total{route=\"/score\",code=\"200\"} 2\n", "aml_requests_total{route=\"other\",code=\"404\"} 1\n",
        "aml_rejected_total{code=\"413\"} 1\n", "aml_request_duration_seconds_bucket{le=\"0.0001\"} 1\n",
        "aml_request_duration_seconds_bucket{le=\"0.00025\"} 2\n", "aml_request_duration_seconds_bucket{le=\"1\"} 2\n",
        "aml_request_duration_seconds_bucket{le=\"+Inf\"} 3\n", "aml_request_duration_seconds_count 3\n",
        "aml_scored_rows_total 3\n", "process_start_time_seconds 1.500\n"})
    CHECK_MESSAGE(text.find(line) != std::string::npos, line);
  CHECK(text.ends_with("\n"));
}
