#include "run/environment.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace aml;
using namespace aml::run;

TEST_CASE("only variables that change results are recorded, never what looks like a secret") {
  for (const char* name : {"LANG", "LC_ALL", "OMP_NUM_THREADS", "CUDA_VISIBLE_DEVICES", "PYTHONHASHSEED", "PATH"})
    CHECK_MESSAGE(is_recorded_variable(name), name);
  for (const char* name : {"HOME", "AWS_SECRET_ACCESS_KEY", "PYTHON_TOKEN", "TF_API_KEY", "MY_VARIABLE", "LANGUAGE_X"})
    CHECK_MESSAGE(!is_recorded_variable(name), name);
}

TEST_CASE("the environment is described sorted, one line each, without other variables") {
  const std::string text = describe_environment({"ZZZ=hidden", "OMP_NUM_THREADS=2", "LANG=a\nb"});
  CHECK(text.find("hidden") == std::string::npos);
  CHECK(text.starts_with("LANG=a\\nb\nOMP_NUM_THREADS=2\nmachine.architecture="));
  CHECK(text == describe_environment({"LANG=a\nb", "ZZZ=other", "OMP_NUM_THREADS=2"}));
}

TEST_CASE("names become variables of capital letters, digits and underscores") {
  CHECK(variable_name("AML_PARAM_", "learning-rate.2") == "AML_PARAM_LEARNING_RATE_2");
}

TEST_CASE("a payload sees its own run, not the one it was started from") {
  const auto id = *RunId::parse("0123456789ab7def8123456789abcdef");
  store::RunSpec spec;
  spec.id = id;
  spec.params = {{"rate", "0.1"}};
  spec.seed = 5;
  const store::RunFolder folder(id, "/s/runs/d/x");
  const auto variables =
      payload_environment({"HOME=/h", "AML_RUN_ID=outer", "AML_PARAM_OLD=1"}, folder, spec, {"/s", "/p", "/m"});
  const auto has = [&](const std::string& variable) {
    return std::count(variables.begin(), variables.end(), variable) == 1;
  };
  CHECK(has("HOME=/h"));
  CHECK(has("AML_RUN_ID=" + id.text()));
  CHECK(has("AML_RUN_DIR=/s/runs/d/x"));
  CHECK(has("AML_OUTPUTS=/s/runs/d/x/outputs"));
  CHECK(has("AML_METRICS=/m"));
  CHECK(has("AML_PARAMS=/p"));
  CHECK(has("AML_STORE=/s"));
  CHECK(has("AML_PARENT="));
  CHECK(has("AML_SEED=5"));
  CHECK(has("AML_PARAM_RATE=0.1"));
  CHECK(has("PYTHONUNBUFFERED=1"));
  CHECK(!has("AML_RUN_ID=outer"));
  CHECK(!has("AML_PARAM_OLD=1"));
}
